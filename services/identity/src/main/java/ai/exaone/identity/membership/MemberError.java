package ai.exaone.identity.membership;

import ai.exaone.errors.ErrorCategory;
import ai.exaone.errors.ErrorReason;
import ai.exaone.errors.PlatformException;

/** Failures of members and invitations. */
public enum MemberError implements ErrorReason {
    /** The person is no member of the tenant. */
    MEMBER_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The person is a member already. */
    MEMBER_EXISTS(ErrorCategory.ALREADY_EXISTS),
    /** A member's new role is named. */
    ROLE_MISSING(ErrorCategory.INVALID_ARGUMENT),
    /** A tenant keeps at least one admin. */
    LAST_TENANT_ADMIN(ErrorCategory.FAILED_PRECONDITION),
    /** There is no such open invitation. */
    INVITATION_NOT_FOUND(ErrorCategory.NOT_FOUND),
    /** The invitation is older than it may be. */
    INVITATION_EXPIRED(ErrorCategory.FAILED_PRECONDITION),
    /** The invitation is for another email address. */
    INVITATION_FOR_ANOTHER_PERSON(ErrorCategory.PERMISSION_DENIED),
    /** An invitation is accepted by a person, not by a key or a run. */
    INVITATION_NEEDS_A_PERSON(ErrorCategory.PERMISSION_DENIED);

    private final ErrorCategory category;

    MemberError(ErrorCategory category) {
        this.category = category;
    }

    @Override
    public ErrorCategory category() {
        return category;
    }

    static PlatformException notFound() {
        return new PlatformException(MEMBER_NOT_FOUND, "That person is not a member of the tenant.");
    }

    static PlatformException invitationNotFound() {
        return new PlatformException(INVITATION_NOT_FOUND, "There is no such open invitation.");
    }
}

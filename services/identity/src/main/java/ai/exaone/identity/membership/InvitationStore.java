package ai.exaone.identity.membership;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.id.InvitationId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.person.Person;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.util.Optional;

/** Keeps invitations. Every write records its act in the same transaction. Thread-safe. */
public interface InvitationStore {
    /** The invitation that the same request made before. */
    Optional<Invitation> findRepeated(CreationRequest request);

    /**
     * Stores a new invitation and closes those of the tenant that are open for the same email address; a repeated request
     * returns the invitation it made before.
     *
     * @param tokenHash of the secret part of its link
     * @throws PlatformException TENANT_NOT_FOUND, REQUEST_ID_REUSED
     */
    Creation<Invitation> insert(Invitation invitation, byte[] tokenHash, Optional<CreationRequest> request, Act act);

    /** A tenant's open invitations, newest first; those past their end are not open. */
    Page<Invitation> listOpen(TenantId tenantId, PageRequest page);

    /**
     * Closes an open invitation.
     *
     * @throws PlatformException INVITATION_NOT_FOUND
     */
    void withdraw(TenantId tenantId, InvitationId invitationId, Act act);

    /**
     * Makes a person the member that an open invitation promises, and closes it, in one transaction.
     *
     * @throws PlatformException INVITATION_NOT_FOUND, INVITATION_EXPIRED, INVITATION_FOR_ANOTHER_PERSON, MEMBER_EXISTS,
     *     TENANT_SUSPENDED
     */
    Member accept(byte[] tokenHash, Person person, Act act);
}

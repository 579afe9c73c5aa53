package ai.exaone.identity.membership;

import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.TimeWire;

/** Members, invitations and roles between the domain and the wire. */
public final class MemberWire {
    private MemberWire() {}

    public static ai.exaone.proto.identity.v1.Role of(Role role) {
        return switch (role) {
            case TENANT_ADMIN -> ai.exaone.proto.identity.v1.Role.ROLE_TENANT_ADMIN;
            case DEVELOPER -> ai.exaone.proto.identity.v1.Role.ROLE_DEVELOPER;
            case VIEWER -> ai.exaone.proto.identity.v1.Role.ROLE_VIEWER;
        };
    }

    /**
     * The role named.
     *
     * @throws PlatformException ROLE_MISSING if none is
     */
    static Role role(ai.exaone.proto.identity.v1.Role wire) {
        return switch (wire) {
            case ROLE_TENANT_ADMIN -> Role.TENANT_ADMIN;
            case ROLE_DEVELOPER -> Role.DEVELOPER;
            case ROLE_VIEWER -> Role.VIEWER;
            case ROLE_UNSPECIFIED, UNRECOGNIZED ->
                throw PlatformException.because(MemberError.ROLE_MISSING, "A member has a role.")
                        .violation("role", "is missing")
                        .build();
        };
    }

    static ai.exaone.proto.identity.v1.Member of(Member member) {
        return ai.exaone.proto.identity.v1.Member.newBuilder()
                .setUserId(member.userId().value())
                .setTenantId(member.tenantId().value())
                .setEmail(member.email())
                .setDisplayName(member.displayName())
                .setRole(of(member.role()))
                .setJoinTime(TimeWire.of(member.joinedAt()))
                .build();
    }

    static ai.exaone.proto.identity.v1.Invitation of(Invitation invitation) {
        return ai.exaone.proto.identity.v1.Invitation.newBuilder()
                .setInvitationId(invitation.id().value())
                .setTenantId(invitation.tenantId().value())
                .setEmail(invitation.email())
                .setRole(of(invitation.role()))
                .setInvitedBy(invitation.invitedBy())
                .setCreateTime(TimeWire.of(invitation.createdAt()))
                .setExpireTime(TimeWire.of(invitation.expiresAt()))
                .build();
    }
}

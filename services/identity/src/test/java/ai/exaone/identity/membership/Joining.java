package ai.exaone.identity.membership;

import ai.exaone.identity.IdentityStores;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.person.Person;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.StoredTime;
import java.security.SecureRandom;
import java.util.Optional;

/** Makes people members for tests about something else. */
public final class Joining {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Act ACT = new Act(new Actor("service:test", "Test", "", ""), "test");

    private Joining() {}

    /** Invites a person and accepts. */
    public static void join(IdentityStores stores, TenantId tenant, Person person, Role role) {
        stores.invitations().accept(invite(stores, tenant, person, role), person, ACT);
    }

    /** Invites a person; returns the hash by which the invitation can be accepted. */
    static byte[] invite(IdentityStores stores, TenantId tenant, Person person, Role role) {
        byte[] hash = InvitationToken.generate(RANDOM).hash();
        var clock = StoredTime.clock();
        Invitation invitation = new Invitations.NewInvitations(new IdGenerator(clock, RANDOM), clock)
                .make(tenant, person.email(), role, ACT.actor());
        stores.invitations().insert(invitation, hash, Optional.empty(), ACT);
        return hash;
    }
}

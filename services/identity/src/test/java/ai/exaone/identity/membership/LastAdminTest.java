package ai.exaone.identity.membership;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.IdentityStores;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.SignedInAccount;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.StoredTime;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A tenant keeps an admin, whoever leaves at the same moment. */
@EveryEngine(migrated = "identity")
final class LastAdminTest {
    private static final Act ACT = new Act(new Actor("usr_test", "Test", "req", "127.0.0.1"), "test");
    private static final int ROUNDS = 20;

    private final IdGenerator ids = new IdGenerator(StoredTime.clock(), new SecureRandom());
    private final IdentityStores stores;

    LastAdminTest(TestDatabase database) {
        stores = IdentityStores.on(
                database.transactions(), new MasterKey(new byte[32], new SecureRandom()), ids, StoredTime.clock());
    }

    @Test
    void ofTwoAdminsWhoLeaveAtOnceOneStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            UserId first = person("first" + round);
            UserId second = person("second" + round);
            TenantId tenant = tenant(first);
            join(tenant, second, Role.TENANT_ADMIN);

            List<String> outcomes = atOnce(
                    () -> outcome(() -> stores.members().changeRole(tenant, first, Role.VIEWER, ACT)),
                    () -> outcome(() -> stores.members().remove(tenant, second, ACT)));

            assertThat(outcomes).containsExactlyInAnyOrder("done", "LAST_TENANT_ADMIN");
            assertThat(stores.members().list(tenant, PageRequest.of(0, "")).items())
                    .filteredOn(member -> member.role() == Role.TENANT_ADMIN)
                    .hasSize(1);
        }
    }

    @Test
    void theLastAdminMayBeMadeAdminAgainAndOthersMayLeave() {
        UserId admin = person("only");
        TenantId tenant = tenant(admin);
        UserId viewer = person("viewer");
        join(tenant, viewer, Role.VIEWER);

        assertThat(stores.members()
                        .changeRole(tenant, admin, Role.TENANT_ADMIN, ACT)
                        .role())
                .isEqualTo(Role.TENANT_ADMIN);
        stores.members().remove(tenant, viewer, ACT);

        assertThat(outcome(() -> stores.members().remove(tenant, admin, ACT))).isEqualTo("LAST_TENANT_ADMIN");
        assertThat(outcome(() -> stores.members().remove(tenant, viewer, ACT))).isEqualTo("MEMBER_NOT_FOUND");
    }

    @Test
    void anInvitationAcceptedTwiceAtOnceMakesOneMember() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            TenantId tenant = tenant(person("admin" + round));
            Person guest = stores.people().find(person("guest" + round)).orElseThrow();
            byte[] hash = Joining.invite(stores, tenant, guest, Role.DEVELOPER);

            List<String> outcomes = atOnce(
                    () -> outcome(() -> stores.invitations().accept(hash, guest, ACT)),
                    () -> outcome(() -> stores.invitations().accept(hash, guest, ACT)));

            assertThat(outcomes).containsExactlyInAnyOrder("done", "INVITATION_NOT_FOUND");
        }
    }

    private TenantId tenant(UserId creator) {
        var tenant = new Tenant(
                new TenantId(ids.next("tnt")),
                ids.next("tt").replace('_', '-'),
                "Tenant",
                Tenant.DEFAULT_TIME_ZONE,
                Tenant.State.ACTIVE,
                StoredTime.clock().instant());
        return stores.tenants()
                .insert(tenant, Optional.of(creator), Optional.empty(), ACT)
                .value()
                .id();
    }

    private UserId person(String name) {
        return stores.people()
                .signedIn(new SignedInAccount(name, Person.Kind.HUMAN, name + "@example.com", name, false))
                .id();
    }

    private void join(TenantId tenant, UserId userId, Role role) {
        Joining.join(stores, tenant, stores.people().find(userId).orElseThrow(), role);
    }

    private static String outcome(Runnable write) {
        try {
            write.run();
            return "done";
        } catch (PlatformException refused) {
            return refused.reason().name();
        }
    }

    private static List<String> atOnce(Callable<String> one, Callable<String> other) throws Exception {
        var barrier = new CyclicBarrier(2);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = executor.submit(() -> {
                barrier.await();
                return one.call();
            });
            Future<String> second = executor.submit(() -> {
                barrier.await();
                return other.call();
            });
            return List.of(first.get(), second.get());
        }
    }
}

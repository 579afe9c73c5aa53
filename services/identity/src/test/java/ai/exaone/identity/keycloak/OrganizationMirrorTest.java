package ai.exaone.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.IdentityStores;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.SignedInAccount;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.crypto.MasterKey;
import ai.exaone.testing.EveryEngine;
import ai.exaone.testing.Faults;
import ai.exaone.testing.MutableClock;
import ai.exaone.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whatever fails on the way, Keycloak ends up like us. The lists of tasks and the state are real, Keycloak is not. */
@EveryEngine(migrated = "identity")
final class OrganizationMirrorTest {
    private static final Act ACT = new Act(new Actor("service:test", "Test", "", ""), "test");

    private final MutableClock clock = MutableClock.started();
    private final InMemoryOrganizationDirectory keycloak = new InMemoryOrganizationDirectory();
    private final Faults faults = new Faults();
    private final IdGenerator ids = new IdGenerator(clock, new SecureRandom());
    private final IdentityStores stores;
    private final OrganizationMirror mirror;

    OrganizationMirrorTest(TestDatabase database) {
        stores =
                IdentityStores.on(database.transactions(), new MasterKey(new byte[32], new SecureRandom()), ids, clock);
        mirror = new OrganizationMirror(
                stores.mirrorTasks(), stores.mirrorState(), faults.around(OrganizationDirectory.class, keycloak));
    }

    @Test
    void aTenantAndItsFirstAdminAreCarriedOver() {
        newTenant("partner");

        assertThat(mirror.carryOver()).isTrue();

        assertThat(keycloak.organizations).containsEntry("partner", new Organization("partner", "Partner", true));
        assertThat(keycloak.members.get("partner")).containsExactly("kim");
    }

    @Test
    void whatFailedIsDoneLaterHoweverItFailed() {
        faults.failBefore("put", () -> KeycloakHttp.unavailable(new IllegalStateException("down")));
        faults.failAfter("addMember", () -> PlatformException.internal(new IllegalStateException("answer lost")));
        newTenant("partner");

        assertThat(mirror.carryOver()).isFalse();
        assertThat(mirror.carryOver()).as("nothing is due yet").isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(mirror.carryOver()).isTrue();

        assertThat(keycloak.organizations).containsKey("partner");
        assertThat(keycloak.members.get("partner")).containsExactly("kim");
        assertThat(stores.mirrorTasks().claim(10, Duration.ZERO)).isEmpty();
    }

    @Test
    void aChangeDuringTheWorkIsNotForgotten() {
        TenantId tenant = newTenant("partner");
        MirrorTask claimed =
                stores.mirrorTasks().claim(1, Duration.ofMinutes(1)).getFirst();
        stores.tenants().update(tenant, before -> before.withState(Tenant.State.SUSPENDED), ACT);

        stores.mirrorTasks().done(claimed);
        stores.mirrorTasks().retry(claimed, Duration.ofDays(1));
        mirror.carryOver();

        assertThat(keycloak.organizations.get("partner").enabled()).isFalse();
    }

    @Test
    void aTaskIsDoneByOneProcessAtATimeAndByAnotherWhenThatOneDied() {
        newTenant("partner");
        assertThat(stores.mirrorTasks().claim(10, Duration.ofMinutes(1))).hasSize(2);
        assertThat(stores.mirrorTasks().claim(10, Duration.ofMinutes(1))).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        mirror.carryOver();
        assertThat(keycloak.members.get("partner")).containsExactly("kim");
    }

    private TenantId newTenant(String name) {
        Person kim = stores.people()
                .signedIn(new SignedInAccount("kim", Person.Kind.HUMAN, "kim@example.com", "Kim", false));
        var tenant = new Tenant(
                new TenantId(ids.next("tnt")),
                name,
                "Partner",
                Tenant.DEFAULT_TIME_ZONE,
                Tenant.State.ACTIVE,
                clock.instant());
        stores.tenants().insert(tenant, Optional.of(kim.id()), Optional.empty(), ACT);
        return tenant.id();
    }

    /** Organizations in memory. */
    private static final class InMemoryOrganizationDirectory implements OrganizationDirectory {
        final Map<String, Organization> organizations = new TreeMap<>();
        final Map<String, Set<String>> members = new TreeMap<>();

        @Override
        public void put(Organization organization) {
            organizations.put(organization.name(), organization);
        }

        @Override
        public void addMember(Organization organization, String subject) {
            put(organization);
            members.computeIfAbsent(organization.name(), name -> new TreeSet<>())
                    .add(subject);
        }

        @Override
        public void removeMember(Organization organization, String subject) {
            members.getOrDefault(organization.name(), new TreeSet<>()).remove(subject);
        }
    }
}

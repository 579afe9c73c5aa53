package ai.exaone.identity.membership;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.identity.apikey.KeyScope;
import ai.exaone.proto.access.v1.Access;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of permissions against the contracts that ask for them. */
final class RoleTest {
    /** What no access rule asks for, but the gateway does at its own doors, and quota for a tenant's own limits. */
    private static final Set<String> ASKED_BEYOND_RULES =
            Set.of(Role.CHAT, Role.METRICS, Role.TENANT_LIMITS, KeyScope.CALL);

    @Test
    void everyPermissionThatAnRpcAsksForIsGivenBySomeRole() throws IOException {
        var given = new TreeSet<>(Role.PLATFORM_ADMIN);
        given.addAll(Role.TENANT_ADMIN.permissions());

        assertThat(given).containsAll(asked());
    }

    @Test
    void noPermissionIsGivenThatNobodyAsksFor() throws IOException {
        var given = new TreeSet<>(Role.PLATFORM_ADMIN);
        Stream.of(Role.values()).forEach(role -> given.addAll(role.permissions()));
        Stream.of(KeyScope.values()).forEach(scope -> given.addAll(scope.permissions()));
        given.removeAll(ASKED_BEYOND_RULES);

        assertThat(asked()).containsAll(given);
    }

    @Test
    void eachRoleMayDoWhatTheOneBelowItMay() {
        assertThat(Role.TENANT_ADMIN.permissions()).containsAll(Role.DEVELOPER.permissions());
        assertThat(Role.DEVELOPER.permissions()).containsAll(Role.VIEWER.permissions());
        assertThat(Role.VIEWER.permissions()).allMatch(name -> name.endsWith(".read") || name.equals(Role.CHAT));
    }

    @Test
    void aTenantsRoleGivesNothingOnTheInstallation() {
        for (Role role : Role.values()) {
            assertThat(role.permissions()).noneMatch(name -> name.startsWith("platform."));
        }
        assertThat(Role.PLATFORM_ADMIN).allMatch(name -> name.startsWith("platform."));
    }

    private static Set<String> asked() throws IOException {
        var registry = ExtensionRegistry.newInstance();
        registry.add(Access.rule);
        try (var file = Access.class.getResourceAsStream("/exaone/descriptors.binpb")) {
            var asked = new TreeSet<String>();
            FileDescriptorSet.parseFrom(Objects.requireNonNull(file), registry).getFileList().stream()
                    .flatMap(proto -> proto.getServiceList().stream())
                    .flatMap(service -> service.getMethodList().stream())
                    .map(method -> method.getOptions().getExtension(Access.rule).getPermission())
                    .filter(permission -> !permission.isEmpty())
                    .forEach(asked::add);
            return asked;
        }
    }
}

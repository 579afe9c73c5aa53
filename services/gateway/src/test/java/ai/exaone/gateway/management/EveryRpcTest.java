package ai.exaone.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.management.transcode.ApiRoutes;
import ai.exaone.proto.access.v1.Access;
import ai.exaone.proto.access.v1.Scope;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.contract.Contracts;
import ai.exaone.rpc.contract.PathTemplate;
import ai.exaone.rpc.contract.PublicMethod;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What holds for every RPC that has a route, those that are added tomorrow included. */
@Tag("server")
class EveryRpcTest {
    static final List<PublicMethod> METHODS = Contracts.load().methods();

    private static final ApiRoutes ROUTES = new ApiRoutes(Contracts.load());
    private static ManagementCluster cluster;

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = ManagementCluster.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @FieldSource("METHODS")
    void nobodyIsRefused(PublicMethod method) throws Exception {
        HttpResponse<String> answer = cluster.send(HttpRequest.newBuilder(cluster.url(path(method)))
                .method(method.verb().name(), HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer realm=\"exaone\"");
        assertThat(answer.body()).contains("NOT_SIGNED_IN");
    }

    @ParameterizedTest
    @FieldSource("METHODS")
    void itsPathMeansItAndNoOther(PublicMethod method) {
        assertThat(ROUTES.resolve(method.verb().name(), path(method)))
                .isInstanceOfSatisfying(ApiRoutes.Resolution.Found.class, found -> {
                    assertThat(found.method().descriptor().getFullName())
                            .isEqualTo(method.descriptor().getFullName());
                    assertThat(found.values().keySet())
                            .containsExactlyElementsOf(method.path().fields());
                });
    }

    @ParameterizedTest
    @FieldSource("METHODS")
    void itBelongsToAService(PublicMethod method) {
        String area = method.descriptor().getFile().getPackage().split("\\.")[1];
        assertThat(ServiceName.ofWireName(area)).isPresent();
    }

    /** The credential is exchanged for the tenant that the path names. */
    @ParameterizedTest
    @FieldSource("METHODS")
    void aTenantsRpcNamesTheTenantInItsPath(PublicMethod method) {
        Scope scope = method.descriptor().getOptions().getExtension(Access.rule).getScope();
        if (scope == Scope.SCOPE_TENANT) {
            assertThat(method.path().fields()).first().isEqualTo("tenant_id");
        }
    }

    @Test
    void streamsResumeAfterASequence() {
        assertThat(METHODS.stream().filter(method -> method.descriptor().isServerStreaming()))
                .isNotEmpty()
                .allSatisfy(method -> {
                    assertThat(method.descriptor().getInputType().findFieldByName("after_sequence"))
                            .isNotNull();
                    assertThat(method.descriptor().getOutputType().findFieldByName("sequence"))
                            .isNotNull();
                    assertThat(method.descriptor().getOutputType().getRealOneofs())
                            .hasSize(1);
                });
    }

    private static String path(PublicMethod method) {
        String path = method.path().segments().stream()
                .map(segment -> switch (segment) {
                    case PathTemplate.Segment.Literal(String word) -> word;
                    case PathTemplate.Segment.Variable(String field) -> "some-" + field.replace('_', '-');
                })
                .collect(Collectors.joining("/", "/", ""));
        return method.path().verb().isEmpty()
                ? path
                : path + ":" + method.path().verb();
    }
}

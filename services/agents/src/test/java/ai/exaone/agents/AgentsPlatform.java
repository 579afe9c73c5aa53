package ai.exaone.agents;

import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.AgentServiceGrpc;
import ai.exaone.proto.agents.v1.CreateAgentRequest;
import ai.exaone.proto.agents.v1.CreateReleaseRequest;
import ai.exaone.proto.agents.v1.CreateRunRequest;
import ai.exaone.proto.agents.v1.DeployReleaseRequest;
import ai.exaone.proto.agents.v1.InputMessage;
import ai.exaone.proto.agents.v1.Release;
import ai.exaone.proto.agents.v1.ReleaseServiceGrpc;
import ai.exaone.proto.agents.v1.Run;
import ai.exaone.proto.agents.v1.RunServiceGrpc;
import ai.exaone.proto.agents.v1.WatchRunRequest;
import ai.exaone.proto.agents.v1.WatchRunResponse;
import ai.exaone.proto.inference.internal.v1.InferenceServiceGrpc;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.RpcConfig;
import ai.exaone.rpc.RpcServer;
import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.interceptor.RpcServerInterceptors;
import ai.exaone.rpc.token.RemoteVerificationKeys;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.testing.TestDatabase;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Agents as they run, on a real database, between a stub of identity and a scripted model behind a real inference door. */
final class AgentsPlatform implements AutoCloseable {
    static final ProjectScope SCOPE = new ProjectScope(StubIdentity.TENANT, StubIdentity.PROJECT);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final StubIdentity identity = new StubIdentity();
    final ScriptedModel model = new ScriptedModel();
    final CountingToolServer tool = new CountingToolServer();
    private final TestDatabase database = TestDatabase.create("agents");
    private final RpcConfig rpc =
            new RpcConfig("in-process", "agents-test-" + NUMBERS.incrementAndGet(), 0, "127.0.0.1", null, null);
    private final RpcChannels outside = new RpcChannels(ServiceName.GATEWAY, rpc);
    private final List<AutoCloseable> open = new ArrayList<>();
    private ApplicationContext context;

    AgentsPlatform() {
        open.add(serve(ServiceName.IDENTITY, identity.endpoints()));
        open.add(serve(ServiceName.GATEWAY, List.of(model)));
        context = start();
    }

    private RpcServer serve(ServiceName service, List<BindableService> endpoints) {
        var verifier = new TokenVerifier(
                new RemoteVerificationKeys(outside.to(ServiceName.IDENTITY), System::nanoTime), Clock.systemUTC());
        return RpcServer.start(
                service,
                rpc,
                endpoints,
                RpcServerInterceptors.inOrder(verifier, new SimpleMeterRegistry(), session -> Optional.empty()));
    }

    private ApplicationContext start() {
        try {
            Path password = Files.createTempFile("agents", ".password");
            Files.writeString(password, database.config().password());
            return ServiceLauncher.start(
                    ServiceName.AGENTS,
                    Map.of(
                            "exaone.database.agents.url", database.config().url(),
                            "exaone.database.agents.user", database.config().user(),
                            "exaone.database.agents.password-file", password.toString(),
                            "exaone.rpc.in-process-prefix", rpc.inProcessPrefix(),
                            "exaone.agents.outbound.allow", List.of("127.0.0.1/32")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Stops the service in good order and starts it again. */
    void restart() {
        whileDown(() -> {});
    }

    /** Does something while the service is down. */
    void whileDown(Runnable work) {
        context.close();
        work.run();
        context = start();
    }

    Channel asKey() {
        return as(identity.keyToken());
    }

    Channel as(String token) {
        return RpcChannels.asCaller(outside.to(ServiceName.AGENTS), token);
    }

    AgentServiceGrpc.AgentServiceBlockingStub agents() {
        return AgentServiceGrpc.newBlockingStub(asKey());
    }

    ReleaseServiceGrpc.ReleaseServiceBlockingStub releases() {
        return ReleaseServiceGrpc.newBlockingStub(asKey());
    }

    RunServiceGrpc.RunServiceBlockingStub runs() {
        return RunServiceGrpc.newBlockingStub(asKey()).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    InferenceServiceGrpc.InferenceServiceBlockingV2Stub inference() {
        return InferenceServiceGrpc.newBlockingV2Stub(asKey());
    }

    Agent createAgent(String name) {
        return agents().createAgent(CreateAgentRequest.newBuilder()
                        .setTenantId(SCOPE.tenantId())
                        .setProjectId(SCOPE.projectId())
                        .setAgent(Agent.newBuilder().setName(name).setDescription("A test agent."))
                        .build())
                .getAgent();
    }

    Release release(Agent agent, String specification) {
        return releases()
                .createRelease(CreateReleaseRequest.newBuilder()
                        .setTenantId(SCOPE.tenantId())
                        .setProjectId(SCOPE.projectId())
                        .setAgentId(agent.getAgentId())
                        .setSpecification(specification)
                        .build())
                .getRelease();
    }

    void deploy(Agent agent, Release release) {
        releases()
                .deployRelease(DeployReleaseRequest.newBuilder()
                        .setTenantId(SCOPE.tenantId())
                        .setProjectId(SCOPE.projectId())
                        .setAgentId(agent.getAgentId())
                        .setReleaseId(release.getReleaseId())
                        .build());
    }

    /** An agent whose specification is deployed. */
    Agent deployed(String name, String specification) {
        Agent agent = createAgent(name);
        deploy(agent, release(agent, specification));
        return agent;
    }

    Run run(Agent agent, String question) {
        return runs().createRun(CreateRunRequest.newBuilder()
                        .setTenantId(SCOPE.tenantId())
                        .setProjectId(SCOPE.projectId())
                        .setAgentId(agent.getAgentId())
                        .addInput(InputMessage.newBuilder().setRole("user").setContent(question))
                        .build())
                .getRun();
    }

    /** Everything that a watcher is told until the run ends. */
    List<WatchRunResponse> watch(Run run) {
        List<WatchRunResponse> told = new ArrayList<>();
        runs().watchRun(WatchRunRequest.newBuilder()
                        .setTenantId(SCOPE.tenantId())
                        .setProjectId(SCOPE.projectId())
                        .setRunId(run.getRunId())
                        .build())
                .forEachRemaining(told::add);
        return told;
    }

    static String specification(String name, String tools) {
        return """
                apiVersion: exaone.ai/v1
                kind: Agent
                name: %s
                model: scripted
                instructions: You help.
                tools: %s
                """.formatted(name, tools);
    }

    @Override
    public void close() throws Exception {
        context.close();
        for (AutoCloseable part : open) {
            part.close();
        }
        outside.close();
        tool.close();
        database.close();
    }
}

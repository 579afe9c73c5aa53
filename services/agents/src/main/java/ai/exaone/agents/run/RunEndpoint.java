package ai.exaone.agents.run;

import ai.exaone.agents.agent.AgentId;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ReleaseId;
import ai.exaone.agents.run.RunEvent.InputMessage;
import ai.exaone.proto.agents.v1.CancelRunRequest;
import ai.exaone.proto.agents.v1.CancelRunResponse;
import ai.exaone.proto.agents.v1.CreateRunRequest;
import ai.exaone.proto.agents.v1.CreateRunResponse;
import ai.exaone.proto.agents.v1.GetRunRequest;
import ai.exaone.proto.agents.v1.GetRunResponse;
import ai.exaone.proto.agents.v1.ListRunsRequest;
import ai.exaone.proto.agents.v1.ListRunsResponse;
import ai.exaone.proto.agents.v1.OutputDelta;
import ai.exaone.proto.agents.v1.RunServiceGrpc;
import ai.exaone.proto.agents.v1.WatchRunRequest;
import ai.exaone.proto.agents.v1.WatchRunResponse;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;

/** Runs on the wire. */
public final class RunEndpoint extends RunServiceGrpc.RunServiceImplBase {
    private final Runs runs;
    private final RunWatch watch;

    public RunEndpoint(Runs runs, RunWatch watch) {
        this.runs = runs;
        this.watch = watch;
    }

    @Override
    public void createRun(CreateRunRequest request, StreamObserver<CreateRunResponse> responses) {
        List<InputMessage> input = request.getInputList().stream()
                .map(message -> new InputMessage(message.getRole(), message.getContent()))
                .toList();
        Run created = runs.create(
                scope(request.getTenantId(), request.getProjectId()),
                new AgentId(request.getAgentId()),
                source(request),
                input,
                caller(),
                CreationRequest.of(request.getTenantId(), request));
        responses.onNext(
                CreateRunResponse.newBuilder().setRun(RunMessages.run(created)).build());
        responses.onCompleted();
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> responses) {
        Run found = runs.require(scope(request.getTenantId(), request.getProjectId()), new RunId(request.getRunId()));
        responses.onNext(
                GetRunResponse.newBuilder().setRun(RunMessages.run(found)).build());
        responses.onCompleted();
    }

    @Override
    public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> responses) {
        var filter = new RunStore.Filter(
                Optional.of(request.getAgentId()).filter(id -> !id.isEmpty()).map(AgentId::new),
                RunMessages.phase(request.getState()));
        Page<Run> page = runs.list(
                scope(request.getTenantId(), request.getProjectId()),
                filter,
                PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListRunsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().forEach(run -> response.addRuns(RunMessages.run(run)));
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void cancelRun(CancelRunRequest request, StreamObserver<CancelRunResponse> responses) {
        Run cancelled = runs.cancel(
                scope(request.getTenantId(), request.getProjectId()),
                new RunId(request.getRunId()),
                caller().subject());
        responses.onNext(CancelRunResponse.newBuilder()
                .setRun(RunMessages.run(cancelled))
                .build());
        responses.onCompleted();
    }

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> responses) {
        StreamWire.of(responses)
                .start(stream -> watch.follow(
                        scope(request.getTenantId(), request.getProjectId()),
                        new RunId(request.getRunId()),
                        request.getAfterSequence(),
                        new Streaming(stream)));
    }

    private static Runs.Source source(CreateRunRequest request) {
        return switch (request.getSourceCase()) {
            case RELEASE_ID -> new Runs.Source.OfRelease(new ReleaseId(request.getReleaseId()));
            case DRAFT -> request.getDraft() ? new Runs.Source.OfDraft() : new Runs.Source.Deployed();
            case SOURCE_NOT_SET -> new Runs.Source.Deployed();
        };
    }

    private static ProjectScope scope(String tenantId, String projectId) {
        return new ProjectScope(tenantId, projectId);
    }

    private static Runs.Caller caller() {
        Principal principal = CallContext.current().requirePrincipal();
        boolean agent = principal.kind() == Principal.Kind.RUN;
        return new Runs.Caller(principal.subject(), principal.models(), agent ? principal.depth() + 1 : 0);
    }

    private record Streaming(StreamWire<WatchRunResponse> stream) implements RunWatch.Watcher {
        @Override
        public void event(JournalEntry entry) throws InterruptedException {
            stream.send(WatchRunResponse.newBuilder()
                    .setSequence(entry.sequence())
                    .setRunEvent(RunEventMessages.toMessage(entry))
                    .build());
        }

        @Override
        public void delta(RunFeed.Delta delta) throws InterruptedException {
            stream.send(WatchRunResponse.newBuilder()
                    .setSequence(delta.sequence())
                    .setOutputDelta(
                            OutputDelta.newBuilder().setStep(delta.step()).setContent(delta.content()))
                    .build());
        }

        @Override
        public boolean gone() {
            return stream.gone();
        }
    }
}

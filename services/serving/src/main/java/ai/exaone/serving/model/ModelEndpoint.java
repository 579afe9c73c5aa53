package ai.exaone.serving.model;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import ai.exaone.proto.serving.v1.CreateModelRequest;
import ai.exaone.proto.serving.v1.CreateModelResponse;
import ai.exaone.proto.serving.v1.DeleteModelRequest;
import ai.exaone.proto.serving.v1.DeleteModelResponse;
import ai.exaone.proto.serving.v1.GetModelRequest;
import ai.exaone.proto.serving.v1.GetModelResponse;
import ai.exaone.proto.serving.v1.ListModelsRequest;
import ai.exaone.proto.serving.v1.ListModelsResponse;
import ai.exaone.proto.serving.v1.ListTenantModelsRequest;
import ai.exaone.proto.serving.v1.ListTenantModelsResponse;
import ai.exaone.proto.serving.v1.ModelServiceGrpc;
import ai.exaone.proto.serving.v1.UpdateModelRequest;
import ai.exaone.proto.serving.v1.UpdateModelResponse;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;

/** The catalogue on the wire. */
public final class ModelEndpoint extends ModelServiceGrpc.ModelServiceImplBase {
    private final Models models;
    private final TenantModels tenantModels;

    public ModelEndpoint(Models models, TenantModels tenantModels) {
        this.models = models;
        this.tenantModels = tenantModels;
    }

    @Override
    public void createModel(CreateModelRequest request, StreamObserver<CreateModelResponse> responses) {
        var wanted = request.getModel();
        Model made = models.create(
                wanted.getName(),
                ModelMessages.capabilities(wanted),
                ModelMessages.about(wanted),
                CreationRequest.of("", request));
        responses.onNext(CreateModelResponse.newBuilder()
                .setModel(ModelMessages.message(made))
                .build());
        responses.onCompleted();
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> responses) {
        Model found = models.get(new ModelId(request.getModelId()));
        responses.onNext(GetModelResponse.newBuilder()
                .setModel(ModelMessages.message(found))
                .build());
        responses.onCompleted();
    }

    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> responses) {
        var page = models.list(PageRequest.of(request.getPageSize(), request.getPageToken()));
        responses.onNext(ListModelsResponse.newBuilder()
                .addAllModels(page.map(ModelMessages::message).items())
                .setNextPageToken(page.nextToken())
                .build());
        responses.onCompleted();
    }

    @Override
    public void updateModel(UpdateModelRequest request, StreamObserver<UpdateModelResponse> responses) {
        Model.About wanted = ModelMessages.about(request.getModel());
        Model after = models.update(new ModelId(request.getModelId()), about -> {
            Model.About changed = about;
            for (String path : request.getUpdateMask().getPathsList()) {
                changed = changed(changed, wanted, path);
            }
            return changed;
        });
        responses.onNext(UpdateModelResponse.newBuilder()
                .setModel(ModelMessages.message(after))
                .build());
        responses.onCompleted();
    }

    @Override
    public void deleteModel(DeleteModelRequest request, StreamObserver<DeleteModelResponse> responses) {
        models.delete(new ModelId(request.getModelId()));
        responses.onNext(DeleteModelResponse.getDefaultInstance());
        responses.onCompleted();
    }

    @Override
    public void listTenantModels(ListTenantModelsRequest request, StreamObserver<ListTenantModelsResponse> responses) {
        var page =
                tenantModels.list(request.getTenantId(), PageRequest.of(request.getPageSize(), request.getPageToken()));
        responses.onNext(ListTenantModelsResponse.newBuilder()
                .addAllModels(page.map(seen -> ModelMessages.tenantMessage(seen.model(), seen.ready()))
                        .items())
                .setNextPageToken(page.nextToken())
                .build());
        responses.onCompleted();
    }

    private static Model.About changed(Model.About about, Model.About wanted, String path) {
        return switch (path) {
            case "display_name" -> about.withDisplayName(wanted.displayName());
            case "description" -> about.withDescription(wanted.description());
            case "context_tokens" -> about.withContextTokens(wanted.contextTokens());
            case "default_output_tokens" -> about.withDefaultOutputTokens(wanted.defaultOutputTokens());
            case "licence" -> about.withLicence(wanted.licence());
            case "tenant_ids" -> about.withTenantIds(wanted.tenantIds());
            case "tenant_shares" -> about.withTenantShares(wanted.tenantShares());
            default ->
                throw PlatformException.because(PlatformError.INVALID_REQUEST, "The update mask cannot be followed.")
                        .violation("update_mask", "names '" + path + "', which cannot be changed")
                        .build();
        };
    }
}

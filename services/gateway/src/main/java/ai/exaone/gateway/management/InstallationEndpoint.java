package ai.exaone.gateway.management;

import ai.exaone.proto.gateway.v1.GetInstallationRequest;
import ai.exaone.proto.gateway.v1.GetInstallationResponse;
import ai.exaone.proto.gateway.v1.Installation;
import ai.exaone.proto.gateway.v1.InstallationServiceGrpc;
import io.grpc.stub.StreamObserver;

/** Says what a newcomer needs to know of this installation. */
public final class InstallationEndpoint extends InstallationServiceGrpc.InstallationServiceImplBase {
    /** Prices and amounts are kept in millionths of it; see the price list's contract. */
    private static final String CURRENCY = "KRW";

    private final GetInstallationResponse answer;

    /**
     * @param version of the platform
     * @param publicUrl under which callers reach it
     */
    public InstallationEndpoint(String version, String publicUrl) {
        this.answer = GetInstallationResponse.newBuilder()
                .setInstallation(Installation.newBuilder()
                        .setVersion(version)
                        .setPublicUrl(publicUrl)
                        .setCurrency(CURRENCY))
                .build();
    }

    @Override
    public void getInstallation(GetInstallationRequest request, StreamObserver<GetInstallationResponse> responses) {
        responses.onNext(answer);
        responses.onCompleted();
    }
}

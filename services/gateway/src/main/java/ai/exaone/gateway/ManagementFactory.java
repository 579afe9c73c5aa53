package ai.exaone.gateway;

import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.edge.Edge;
import ai.exaone.gateway.management.InstallationEndpoint;
import ai.exaone.gateway.management.PlatformVersion;
import ai.exaone.gateway.management.openapi.OpenApiDocument;
import ai.exaone.gateway.management.transcode.ApiRoutes;
import ai.exaone.gateway.management.transcode.Backends;
import ai.exaone.gateway.management.transcode.RequestBinder;
import ai.exaone.gateway.management.transcode.Transcoder;
import ai.exaone.gateway.pages.ConsoleFiles;
import ai.exaone.gateway.pages.PageAnswers;
import ai.exaone.gateway.pages.ReferenceFiles;
import ai.exaone.gateway.signin.AttemptCookie;
import ai.exaone.gateway.signin.KeycloakConfig;
import ai.exaone.gateway.signin.KeycloakProxy;
import ai.exaone.gateway.signin.OwnPages;
import ai.exaone.gateway.signin.PublicAddress;
import ai.exaone.gateway.signin.RpcCredentials;
import ai.exaone.gateway.signin.SealConfig;
import ai.exaone.ids.IdGenerator;
import ai.exaone.proto.identity.internal.v1.SessionServiceGrpc;
import ai.exaone.proto.identity.internal.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import ai.exaone.rpc.RpcChannels;
import ai.exaone.rpc.ServiceName;
import ai.exaone.rpc.contract.Contracts;
import ai.exaone.rpc.token.TokenVerifier;
import ai.exaone.store.crypto.MasterKey;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/** The parts of the management API, of sign-in and of the console's pages, and how they hang together. */
@Factory
final class ManagementFactory {
    private static final Duration COMMENT_INTERVAL = Duration.ofSeconds(15);

    @Singleton
    Edge edge(IdGenerator ids) {
        return new Edge(ids);
    }

    // The management API.

    @Singleton
    Contracts contracts() {
        return Contracts.load();
    }

    @Singleton
    ApiRoutes managementRoutes(Contracts contracts) {
        return new ApiRoutes(contracts);
    }

    @Singleton
    RequestBinder requestBinder() {
        return new RequestBinder();
    }

    @Singleton
    @Bean(preDestroy = "close")
    Transcoder transcoder(RpcChannels channels) {
        return new Transcoder(new Backends(channels::to), COMMENT_INTERVAL);
    }

    @Singleton
    InstallationEndpoint installation(PublicAddress address) {
        return new InstallationEndpoint(
                PlatformVersion.ofThisBuild(), address.url().toString());
    }

    // Who a browser is.

    @Singleton
    PublicAddress publicAddress(InstallationConfig installation) {
        return new PublicAddress(installation.publicUrl());
    }

    @Singleton
    OwnPages ownPages(PublicAddress address) {
        return new OwnPages(address);
    }

    @Singleton
    Credentials credentials(RpcChannels channels, TokenVerifier tokens, OwnPages ownPages) {
        return new RpcCredentials(channels.to(ServiceName.IDENTITY), tokens, ownPages);
    }

    @Singleton
    MasterKey masterKey(SealConfig seal) {
        return MasterKey.read(seal.secretsDir());
    }

    @Singleton
    AttemptCookie attemptCookie(MasterKey masterKey, PublicAddress address, Clock clock) {
        return new AttemptCookie(masterKey, address, clock);
    }

    @Singleton
    SessionServiceBlockingStub sessions(RpcChannels channels) {
        return SessionServiceGrpc.newBlockingStub(channels.to(ServiceName.IDENTITY));
    }

    @Singleton
    @Bean(preDestroy = "close")
    KeycloakProxy keycloak(KeycloakConfig config) {
        return new KeycloakProxy(config.internalUrl());
    }

    // What browsers load.

    @Singleton
    PageAnswers pageAnswers(PublicAddress address) {
        return new PageAnswers(address.isSecure());
    }

    @Singleton
    @Requires(property = "exaone.console-dir")
    ConsoleFiles consoleFiles(InstallationConfig installation) {
        return new ConsoleFiles(Objects.requireNonNull(installation.consoleDir()));
    }

    @Singleton
    ReferenceFiles referenceFiles(Contracts contracts) {
        return new ReferenceFiles(() -> OpenApiDocument.json(contracts));
    }
}

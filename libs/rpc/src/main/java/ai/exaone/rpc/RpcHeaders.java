package ai.exaone.rpc;

import io.grpc.Metadata;

/** Metadata that calls between services carry. */
public final class RpcHeaders {
    /** {@code Bearer} and the internal token of the caller for whom the call is made. */
    public static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /** The calling service's wire name. Believed only in one process: between processes the certificate says it. */
    public static final Metadata.Key<String> SERVICE =
            Metadata.Key.of("x-exaone-service", Metadata.ASCII_STRING_MARSHALLER);

    /** The id under which the whole request is logged. */
    public static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    /** The outer caller's address. */
    public static final Metadata.Key<String> CLIENT_ADDRESS =
            Metadata.Key.of("x-exaone-client-address", Metadata.ASCII_STRING_MARSHALLER);

    private RpcHeaders() {}
}

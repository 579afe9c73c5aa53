package ai.exaone.rpc;

import ai.exaone.errors.PlatformException;
import io.grpc.Context;
import java.util.Optional;

/**
 * What is known about the call that is being served. Travels with gRPC's {@link Context}, so it is there in the endpoint's thread
 * and in every call that endpoint makes.
 *
 * @param principal who the call is made for; empty for calls that a service makes for itself
 * @param callerService the service that called, as its certificate says
 * @param requestId the id under which the whole request is logged, {@code req_…}
 * @param clientAddress the outer caller's address; empty text when there is none
 */
public record CallContext(
        Optional<Principal> principal, Optional<ServiceName> callerService, String requestId, String clientAddress) {

    /** The key under which interceptors put it. */
    public static final Context.Key<CallContext> KEY = Context.key("exaone-call");

    private static final CallContext OUTSIDE = new CallContext(Optional.empty(), Optional.empty(), "", "");

    /** The call being served in this thread; one without anything outside of calls. */
    public static CallContext current() {
        CallContext context = KEY.get();
        return context == null ? OUTSIDE : context;
    }

    /**
     * Who the call is made for.
     *
     * @throws PlatformException UNAUTHENTICATED when the call is made for nobody
     */
    public Principal requirePrincipal() {
        return principal.orElseThrow(
                () -> new PlatformException(RpcError.UNAUTHENTICATED, "This call needs a signed-in caller."));
    }
}

package ai.exaone.quota.audit;

import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;

/** The author of the call that is being served. */
public final class CurrentAuthor {
    private CurrentAuthor() {}

    /**
     * @throws ai.exaone.errors.PlatformException UNAUTHENTICATED when the call is made for nobody
     */
    public static Author get() {
        CallContext call = CallContext.current();
        Principal principal = call.requirePrincipal();
        return new Author(
                principal.subject(),
                principal.projectId(),
                principal.permissions(),
                call.requestId(),
                call.clientAddress());
    }
}

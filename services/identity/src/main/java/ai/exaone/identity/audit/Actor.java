package ai.exaone.identity.audit;

import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.ServiceName;

/**
 * Who acts, and through which request.
 *
 * @param subject {@code usr_…}, {@code key_…}, {@code run_…} or {@code service:NAME}
 * @param name as shown to people
 * @param requestId the request's id in the logs; empty for work that no request asked for
 * @param clientAddress the outer caller's address; empty where there is none
 */
public record Actor(String subject, String name, String requestId, String clientAddress) {
    /** Whoever the present call is made for; the calling service itself where it is made for nobody. */
    public static Actor current() {
        CallContext call = CallContext.current();
        String service =
                "service:" + call.callerService().map(ServiceName::wireName).orElse("identity");
        return new Actor(
                call.principal().map(Principal::subject).orElse(service),
                call.principal().map(Principal::name).orElse(service),
                call.requestId(),
                call.clientAddress());
    }

    /** The same request, once it is known who makes it. */
    public Actor as(String knownSubject, String knownName) {
        return new Actor(knownSubject, knownName, requestId, clientAddress);
    }
}

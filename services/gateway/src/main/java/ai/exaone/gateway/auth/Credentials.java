package ai.exaone.gateway.auth;

import ai.exaone.rpc.Principal;

/** Turns what a browser or a person's tool presents into a caller: the session's cookie, or a bearer token. */
public interface Credentials {
    /**
     * Authenticates a request that is about one tenant.
     *
     * @return the caller with an internal token; without membership in the tenant it has no tenant and no permissions there
     * @throws ai.exaone.errors.PlatformException UNAUTHENTICATED when nothing valid is presented, PERMISSION_DENIED when a request
     *     that changes something was not sent by our own pages
     */
    Exchanged exchange(RequestHead request, String tenantId);

    /**
     * Who it is.
     *
     * @param token an internal token, valid for minutes
     */
    record Exchanged(Principal principal, String token) {}
}

package ai.exaone.gateway.signin;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.RequestHead;
import io.micronaut.http.HttpHeaders;
import java.util.Optional;
import java.util.Set;

/** Tells requests that our own pages make from those that other sites have a browser make. */
public final class OwnPages {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final String SAME_ORIGIN = "same-origin";
    private static final Set<String> CHANGING_NOTHING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final String origin;

    public OwnPages(PublicAddress address) {
        this.origin = address.origin();
    }

    /**
     * Lets a request through that changes nothing, or that one of our own pages made.
     *
     * @throws PlatformException CROSS_SITE_REQUEST for all others
     */
    void requireForChange(RequestHead request) {
        if (!CHANGING_NOTHING.contains(request.method()) && !isOurs(request)) {
            throw PlatformException.because(
                            SignInError.CROSS_SITE_REQUEST,
                            "A request that changes something must come from " + origin + " itself.")
                    .metadata("origin", origin)
                    .build();
        }
    }

    /** Every browser names the origin of such a request; where there is none, it may say the same in another header. */
    private boolean isOurs(RequestHead request) {
        Optional<String> sent = request.header(HttpHeaders.ORIGIN);
        return sent.isPresent()
                ? sent.get().equalsIgnoreCase(origin)
                : request.header(FETCH_SITE).filter(SAME_ORIGIN::equals).isPresent();
    }
}

package ai.exaone.gateway.signin;

import ai.exaone.gateway.auth.RequestHead;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.time.Duration;
import java.util.Optional;

/** The cookie that holds a console session: opaque, for our own pages only, out of scripts' reach. */
final class SessionCookie {
    static final String NAME = "exaone_session";

    private static final int LONGEST = 256;

    private SessionCookie() {}

    /** The session that a request presents. */
    static Optional<String> of(RequestHead request) {
        return request.header(HttpHeaders.COOKIE).stream()
                .flatMap(header -> ServerCookieDecoder.LAX.decode(header).stream())
                .filter(cookie -> cookie.name().equals(NAME))
                .map(io.netty.handler.codec.http.cookie.Cookie::value)
                .findFirst()
                .filter(value -> !value.isEmpty() && value.length() <= LONGEST);
    }

    /** The cookie of a session that has just begun. */
    static Cookie begin(String session, Duration lifetime, PublicAddress address) {
        return cookie(session, lifetime, address);
    }

    /** What takes the cookie away. */
    static Cookie end(PublicAddress address) {
        return cookie("", Duration.ZERO, address);
    }

    private static Cookie cookie(String value, Duration lifetime, PublicAddress address) {
        return Cookie.of(NAME, value)
                .httpOnly(true)
                .secure(address.isSecure())
                .sameSite(SameSite.Lax)
                .path("/")
                .maxAge(lifetime);
    }
}

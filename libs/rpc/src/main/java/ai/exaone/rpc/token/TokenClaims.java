package ai.exaone.rpc.token;

import ai.exaone.rpc.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/** A principal as claims of a JWT (RFC 7519): {@code sub} and the private claims named here. */
final class TokenClaims {
    static final String ISSUER = "exaone-identity";
    static final String AUDIENCE = "exaone";

    private static final String NAME = "name";
    private static final String KIND = "kind";
    private static final String TENANT = "tnt";
    private static final String PROJECT = "prj";
    private static final String KEY = "key";
    private static final String AGENT = "agt";
    private static final String RELEASE = "rel";
    private static final String RUN = "run";
    private static final String PERMISSIONS = "perm";
    private static final String MODELS = "mod";
    private static final String DEPTH = "dep";

    private TokenClaims() {}

    static JwtClaims of(Principal principal) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(principal.subject());
        claims.setStringClaim(NAME, principal.name());
        claims.setStringClaim(KIND, principal.kind().name());
        put(claims, TENANT, principal.tenantId());
        put(claims, PROJECT, principal.projectId());
        put(claims, KEY, principal.keyId());
        put(claims, AGENT, principal.agentId());
        put(claims, RELEASE, principal.releaseId());
        put(claims, RUN, principal.runId());
        claims.setStringListClaim(PERMISSIONS, List.copyOf(principal.permissions()));
        claims.setStringListClaim(MODELS, principal.models());
        claims.setClaim(DEPTH, principal.depth());
        return claims;
    }

    static Principal principal(JwtClaims claims) throws MalformedClaimException {
        return new Principal(
                claims.getSubject(),
                text(claims, NAME).orElse(""),
                Principal.Kind.valueOf(claims.getStringClaimValue(KIND)),
                text(claims, TENANT),
                text(claims, PROJECT),
                text(claims, KEY),
                text(claims, AGENT),
                text(claims, RELEASE),
                text(claims, RUN),
                Set.copyOf(list(claims, PERMISSIONS)),
                list(claims, MODELS),
                claims.getClaimValue(DEPTH, Number.class).intValue());
    }

    private static void put(JwtClaims claims, String name, Optional<String> value) {
        value.ifPresent(text -> claims.setStringClaim(name, text));
    }

    private static Optional<String> text(JwtClaims claims, String name) throws MalformedClaimException {
        return Optional.ofNullable(claims.getStringClaimValue(name));
    }

    private static List<String> list(JwtClaims claims, String name) throws MalformedClaimException {
        @Nullable List<String> values = claims.getStringListClaimValue(name);
        return values == null ? List.of() : values;
    }
}

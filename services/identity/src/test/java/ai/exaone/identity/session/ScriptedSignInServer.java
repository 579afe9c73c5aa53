package ai.exaone.identity.session;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.keycloak.KeycloakError;
import ai.exaone.identity.keycloak.SignInServer;
import ai.exaone.identity.keycloak.SignedIn;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.SignedInAccount;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A sign-in server that vouches for one person until it is told to refuse or to be away. */
final class ScriptedSignInServer implements SignInServer {
    /** What it does when it is asked. */
    enum Behaviour {
        VOUCHES,
        REFUSES,
        IS_AWAY
    }

    final AtomicInteger refreshes = new AtomicInteger();
    volatile Behaviour behaviour = Behaviour.VOUCHES;
    volatile boolean platformAdmin = true;

    @Override
    public SignedIn redeem(String code, String codeVerifier, String redirectUri, String nonce) {
        return answer("refresh-0");
    }

    @Override
    public SignedIn refresh(String refreshToken) {
        return answer("refresh-" + refreshes.incrementAndGet());
    }

    @Override
    public void end(String refreshToken) {
        answer(refreshToken);
    }

    private SignedIn answer(String refreshToken) {
        return switch (behaviour) {
            case VOUCHES ->
                new SignedIn(
                        new SignedInAccount("kim", Person.Kind.HUMAN, "kim@example.com", "Kim", platformAdmin),
                        refreshToken,
                        Duration.ofMinutes(5));
            case REFUSES -> throw new PlatformException(KeycloakError.SIGN_IN_REFUSED, "Sign in again.");
            case IS_AWAY -> throw new PlatformException(KeycloakError.SIGN_IN_UNAVAILABLE, "Away.");
        };
    }
}

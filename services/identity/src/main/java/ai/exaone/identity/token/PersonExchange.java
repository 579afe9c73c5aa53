package ai.exaone.identity.token;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.keycloak.AccessTokens;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import ai.exaone.identity.person.SignedInAccount;
import ai.exaone.identity.session.Sessions;
import ai.exaone.rpc.token.TokenSigner;

/** Exchanges what people present: console sessions, and access tokens of the realm. Thread-safe. */
public final class PersonExchange {
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final PersonStore people;
    private final PersonPrincipals principals;
    private final SigningKeys signing;

    public PersonExchange(
            Sessions sessions,
            AccessTokens accessTokens,
            PersonStore people,
            PersonPrincipals principals,
            SigningKeys signing) {
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.people = people;
        this.principals = principals;
        this.signing = signing;
    }

    /**
     * A token for the holder of a session.
     *
     * @param tenantId the tenant the request is about; empty text for none
     * @throws PlatformException SESSION_ENDED, SIGN_IN_UNAVAILABLE, TENANT_SUSPENDED
     */
    String exchangeSession(String sessionToken, String tenantId) {
        Sessions.Holder holder = sessions.holder(sessionToken);
        return sign(holder.person(), holder.platformAdmin(), tenantId);
    }

    /**
     * A token for the owner of an access token.
     *
     * @param tenantId the tenant the request is about; empty text for none
     * @throws PlatformException ACCESS_TOKEN_INVALID, SIGN_IN_UNAVAILABLE, TENANT_SUSPENDED
     */
    String exchangeBearer(String accessToken, String tenantId) {
        SignedInAccount account = accessTokens.verifyBearer(accessToken);
        return sign(people.signedIn(account), account.platformAdmin(), tenantId);
    }

    private String sign(Person person, boolean platformAdmin, String tenantId) {
        return signing.sign(principals.principal(person, platformAdmin, tenantId), TokenSigner.LONGEST);
    }
}

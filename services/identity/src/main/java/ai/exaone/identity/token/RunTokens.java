package ai.exaone.identity.token;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.apikey.ApiKey;
import ai.exaone.identity.apikey.ApiKeys;
import ai.exaone.identity.apikey.KeyScope;
import ai.exaone.identity.id.KeyId;
import ai.exaone.identity.id.ResourceId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import ai.exaone.identity.project.Projects;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.token.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** Issues tokens to runs, each time after asking again whether their owner may still run agents. Thread-safe. */
public final class RunTokens {
    /** How long a person is believed to be a platform admin after Keycloak last said so: as long as a session lasts. */
    static final Duration PLATFORM_ADMIN_BELIEVED = Duration.ofHours(12);

    private static final String RUN_AGENTS = "agent.run";
    /** An agent's name among models. */
    private static final String AGENT = "agent/";

    private final Projects projects;
    private final ApiKeys keys;
    private final PersonStore people;
    private final PersonPrincipals principals;
    private final SigningKeys signing;
    private final Clock clock;

    public RunTokens(
            Projects projects,
            ApiKeys keys,
            PersonStore people,
            PersonPrincipals principals,
            SigningKeys signing,
            Clock clock) {
        this.projects = projects;
        this.keys = keys;
        this.people = people;
        this.principals = principals;
        this.signing = signing;
        this.clock = clock;
    }

    /** A run's token, and when it ends. */
    record Issued(String token, Instant expiresAt) {}

    private record Owner(String name, Optional<KeyId> keyId) {}

    /**
     * A token for one lease of a run.
     *
     * @throws PlatformException PROJECT_NOT_FOUND, RUN_OWNER_NOT_ALLOWED, RUN_AGENT_NOT_ALLOWED, API_KEY_INVALID,
     *     TENANT_SUSPENDED
     */
    Issued issue(Run run) {
        projects.get(run.tenantId(), run.projectId());
        Owner owner = ResourceId.matches(KeyId.PREFIX, run.owner()) ? key(run) : person(run);
        var principal = new Principal(
                run.runId(),
                owner.name(),
                Principal.Kind.RUN,
                Optional.of(run.tenantId().value()),
                Optional.of(run.projectId().value()),
                owner.keyId().map(KeyId::value),
                Optional.of(run.agentId()),
                run.releaseId(),
                Optional.of(run.runId()),
                Set.of(KeyScope.CALL),
                run.models(),
                run.depth());
        // Tokens count in whole seconds.
        Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(TokenSigner.LONGEST);
        return new Issued(signing.sign(principal, TokenSigner.LONGEST), expiresAt);
    }

    private Owner key(Run run) {
        ApiKey key = keys.requireAccepted(new KeyId(run.owner()));
        boolean here = key.tenantId().equals(run.tenantId()) && key.projectId().equals(run.projectId());
        // A key of the scope INFERENCE starts runs by calling agents as models.
        boolean may =
                key.permissions().contains(RUN_AGENTS) || key.permissions().contains(KeyScope.CALL);
        if (!here || !may) {
            throw notAllowed();
        }
        // What the agent itself calls is its release's matter, not the key's.
        boolean mayCall = key.models().isEmpty()
                || run.calledName()
                        .map(name -> key.models().contains(AGENT + name))
                        .orElse(true);
        if (!mayCall) {
            throw new PlatformException(
                    RunError.RUN_AGENT_NOT_ALLOWED, "The key that started the run may not call this agent.");
        }
        return new Owner(key.displayName().isEmpty() ? key.id().value() : key.displayName(), Optional.of(key.id()));
    }

    private Owner person(Run run) {
        Person person = people.find(new UserId(run.owner())).orElseThrow(RunTokens::notAllowed);
        Instant oldest = clock.instant().minus(PLATFORM_ADMIN_BELIEVED);
        boolean platformAdmin =
                person.platformAdminAt().filter(oldest::isBefore).isPresent();
        Principal principal =
                principals.principal(person, platformAdmin, run.tenantId().value());
        if (!principal.may(RUN_AGENTS)) {
            throw notAllowed();
        }
        return new Owner(person.shownName(), Optional.empty());
    }

    private static PlatformException notAllowed() {
        return new PlatformException(
                RunError.RUN_OWNER_NOT_ALLOWED, "Whoever started the run may no longer run agents here.");
    }
}

package ai.exaone.agents.agent;

import ai.exaone.errors.PlatformException;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import ai.exaone.store.paging.PageToken;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be done with releases and deployments. Thread-safe. */
public final class Releases {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Agents agents;
    private final ReleaseStore store;
    private final SpecificationReader reader;
    private final IdGenerator ids;
    private final Clock clock;

    public Releases(Agents agents, ReleaseStore store, SpecificationReader reader, IdGenerator ids, Clock clock) {
        this.agents = agents;
        this.store = store;
        this.reader = reader;
        this.ids = ids;
        this.clock = clock;
    }

    /** A release to be. */
    public record NewRelease(String specification, String note, String createdBy) {}

    /**
     * Makes a release, or finds the one of the same meaning.
     *
     * @throws PlatformException SPECIFICATION_INVALID, AGENT_NOT_FOUND
     */
    public ReleaseStore.Created create(ProjectScope scope, AgentId id, NewRelease release) {
        Agent agent = agents.require(scope, id);
        String digest = reader.read(release.specification(), agent.name()).digest();
        return store.create(
                scope,
                new Release(
                        new ReleaseId(ids.next("rel")),
                        id,
                        0,
                        release.specification(),
                        digest,
                        release.note(),
                        release.createdBy(),
                        clock.instant()));
    }

    /**
     * @throws PlatformException RELEASE_NOT_FOUND
     */
    public Release require(ProjectScope scope, AgentId agent, ReleaseId id) {
        return store.find(scope, agent, id)
                .orElseThrow(
                        () -> new PlatformException(AgentError.RELEASE_NOT_FOUND, "The agent has no such release."));
    }

    /**
     * @throws PlatformException AGENT_NOT_FOUND
     */
    public Page<Release> list(ProjectScope scope, AgentId agent, PageRequest page) {
        agents.require(scope, agent);
        return Page.of(
                page,
                store.list(scope, agent, before(page), page.rows()),
                release -> PageToken.of(Integer.toString(release.number())));
    }

    public Deployment deploy(ProjectScope scope, AgentId agent, ReleaseId release, String by) {
        return store.deploy(scope, agent, release, by);
    }

    public Deployment rollBack(ProjectScope scope, AgentId agent, String by) {
        return store.rollBack(scope, agent, by);
    }

    /**
     * @throws PlatformException AGENT_NOT_FOUND
     */
    public Page<Deployment> deployments(ProjectScope scope, AgentId agent, PageRequest page) {
        agents.require(scope, agent);
        return Page.of(
                page,
                store.deployments(scope, agent, before(page), page.rows()),
                deployment -> PageToken.of(Integer.toString(deployment.number())));
    }

    private static Optional<Integer> before(PageRequest page) {
        return page.after(NUMBER).map(Integer::valueOf);
    }
}

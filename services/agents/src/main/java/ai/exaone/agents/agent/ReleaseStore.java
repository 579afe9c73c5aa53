package ai.exaone.agents.agent;

import java.util.List;
import java.util.Optional;

/** Keeps releases and deployments of the agents of a project. Writes are audited. */
public interface ReleaseStore {
    /**
     * What became of a release.
     *
     * @param existed whether the agent had a release of this digest before
     */
    record Created(Release release, boolean existed) {}

    /**
     * Stores a release under the agent's next number, unless it has one of the same digest.
     *
     * @param release its number is not looked at
     * @throws ai.exaone.errors.PlatformException AGENT_NOT_FOUND
     */
    Created create(ProjectScope scope, Release release);

    Optional<Release> find(ProjectScope scope, AgentId agent, ReleaseId id);

    /** Releases, the newest first, older than a number. */
    List<Release> list(ProjectScope scope, AgentId agent, Optional<Integer> beforeNumber, int limit);

    /**
     * Points the agent's calls at a release. Deploying the release that is deployed changes nothing.
     *
     * @throws ai.exaone.errors.PlatformException AGENT_NOT_FOUND, RELEASE_NOT_FOUND
     */
    Deployment deploy(ProjectScope scope, AgentId agent, ReleaseId release, String by);

    /**
     * Points the agent's calls at the release before, and before that one the next time.
     *
     * @throws ai.exaone.errors.PlatformException AGENT_NOT_FOUND, NOTHING_TO_ROLL_BACK
     */
    Deployment rollBack(ProjectScope scope, AgentId agent, String by);

    /** Deployments, the newest first, older than a number. */
    List<Deployment> deployments(ProjectScope scope, AgentId agent, Optional<Integer> beforeNumber, int limit);
}

package ai.exaone.agents.agent;

/**
 * Names an agent.
 *
 * @param value {@code agt_…}
 */
public record AgentId(String value) {
    public AgentId {
        if (!value.startsWith("agt_")) {
            throw new IllegalArgumentException("Not the id of an agent: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

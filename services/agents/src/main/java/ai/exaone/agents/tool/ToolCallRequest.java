package ai.exaone.agents.tool;

import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of a tool.
 *
 * @param arguments as the model wrote them, checked against the tool's schema
 * @param idempotencyKey the same for a repeated call
 * @param timeLeft the most that the run still has
 */
public record ToolCallRequest(ObjectNode arguments, String idempotencyKey, Duration timeLeft) {
    /** The smaller of the tool's own timeout and what the run has left. */
    public Duration timeout(Duration own) {
        return own.compareTo(timeLeft) < 0 ? own : timeLeft;
    }
}

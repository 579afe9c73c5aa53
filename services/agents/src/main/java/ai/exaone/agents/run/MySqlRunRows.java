package ai.exaone.agents.run;

import ai.exaone.agents.agent.AgentId;
import ai.exaone.agents.agent.ProjectScope;
import ai.exaone.agents.agent.ReleaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Rows of {@code run} and {@code run_event} as values. */
final class MySqlRunRows {
    static final String COLUMNS = """
            tenant_id, project_id, run_id, agent_id, agent_name, release_id, specification_digest, owner, principal, depth,
            phase, last_sequence, steps, input_tokens, output_tokens, ending, cancelled_by, created_at, ended_at""";

    private MySqlRunRows() {}

    static Run run(ResultSet row, StatementContext context) throws SQLException {
        return new Run(
                new ProjectScope(row.getString("tenant_id"), row.getString("project_id")),
                new RunId(row.getString("run_id")),
                new AgentId(row.getString("agent_id")),
                row.getString("agent_name"),
                Optional.ofNullable(row.getString("release_id")).map(ReleaseId::new),
                row.getString("specification_digest"),
                new Run.Owner(row.getString("owner"), row.getString("principal"), row.getInt("depth")),
                Run.Phase.valueOf(row.getString("phase")),
                row.getLong("last_sequence"),
                row.getInt("steps"),
                row.getLong("input_tokens"),
                row.getLong("output_tokens"),
                Optional.ofNullable(row.getString("ending"))
                        .map(RunEventMessages::ofJson)
                        .map(RunEvent.Ending.class::cast),
                Optional.ofNullable(row.getString("cancelled_by")),
                row.getTimestamp("created_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant));
    }

    static JournalEntry entry(ResultSet row, StatementContext context) throws SQLException {
        return new JournalEntry(
                row.getLong("sequence"),
                row.getTimestamp("created_at").toInstant(),
                RunEventMessages.ofJson(row.getString("event")));
    }

    /** The phase that an event leaves a run in. */
    static Run.Phase phase(RunEvent event) {
        return switch (event) {
            case RunEvent.Completed _ -> Run.Phase.COMPLETED;
            case RunEvent.Failed _ -> Run.Phase.FAILED;
            case RunEvent.Cancelled _ -> Run.Phase.CANCELLED;
            case RunEvent.Started _,
                    RunEvent.ModelCallStarted _,
                    RunEvent.ModelCallCompleted _,
                    RunEvent.ModelCallFailed _,
                    RunEvent.ToolCallStarted _,
                    RunEvent.ToolCallCompleted _,
                    RunEvent.ToolCallFailed _ -> Run.Phase.RUNNING;
        };
    }
}

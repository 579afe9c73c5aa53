package ai.exaone.agents;

import ai.exaone.agents.run.WorkerConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How this process advances runs.
 *
 * @param name its name in the database and in logs
 * @param runs most runs at once
 * @param heartbeat how often it says that it lives
 * @param silence how long a worker may be silent before others take its runs
 */
@ConfigurationProperties("exaone.agents.worker")
public record WorkerSettings(
        @Bindable(defaultValue = "agents-1") String name,
        @Bindable(defaultValue = "256") int runs,
        @Bindable(defaultValue = "1s") Duration heartbeat,
        @Bindable(defaultValue = "5s") Duration silence) {
    public WorkerSettings {
        config(name, runs, heartbeat, silence);
    }

    WorkerConfig config() {
        return config(name, runs, heartbeat, silence);
    }

    private static WorkerConfig config(String name, int runs, Duration heartbeat, Duration silence) {
        return new WorkerConfig(name, runs, heartbeat, silence);
    }
}

package ai.exaone.standalone.process;

import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What the supervisor has written down about a part.
 *
 * @param process its process, while there is one
 * @param since when it came into this state
 * @param startedAt when its present or last process started
 * @param restarts starts after the first, in this run of the supervisor
 * @param reason why its last process ended; empty if none has
 */
public record PartRecord(
        String name,
        PartState state,
        Optional<ProcessIdentity> process,
        Instant since,
        Instant startedAt,
        int restarts,
        String reason) {
    public boolean isAlive() {
        return process.filter(ProcessIdentity::isAlive).isPresent();
    }

    Properties toProperties() {
        var properties = new Properties();
        properties.setProperty("state", state.name());
        process.ifPresent(identity -> {
            properties.setProperty("pid", Long.toString(identity.pid()));
            properties.setProperty("startTicks", Long.toString(identity.startTicks()));
            properties.setProperty("bootId", identity.bootId());
        });
        properties.setProperty("since", since.toString());
        properties.setProperty("startedAt", startedAt.toString());
        properties.setProperty("restarts", Integer.toString(restarts));
        properties.setProperty("reason", reason);
        return properties;
    }

    static PartRecord of(String name, Properties properties) {
        var pid = Optional.ofNullable(properties.getProperty("pid"));
        return new PartRecord(
                name,
                PartState.valueOf(properties.getProperty("state")),
                pid.map(id -> new ProcessIdentity(
                        Long.parseLong(id),
                        Long.parseLong(properties.getProperty("startTicks")),
                        properties.getProperty("bootId"))),
                Instant.parse(properties.getProperty("since")),
                Instant.parse(properties.getProperty("startedAt")),
                Integer.parseInt(properties.getProperty("restarts")),
                properties.getProperty("reason"));
    }
}

package ai.exaone.gateway.inference;

import java.util.List;
import java.util.Optional;

/** The ways into the API over HTTP. */
public final class Entrances {
    private final List<Entrance> all;

    public Entrances(PublicEntrance callers, ConsoleEntrance people) {
        this.all = List.of(callers, people);
    }

    /** The one below which a path lies, as it was sent. */
    Optional<Entrance> of(String rawPath) {
        for (Entrance entrance : all) {
            if (entrance.takes(rawPath)) {
                return Optional.of(entrance);
            }
        }
        return Optional.empty();
    }
}

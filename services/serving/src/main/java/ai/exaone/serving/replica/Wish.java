package ai.exaone.serving.replica;

import ai.exaone.serving.deployment.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of one deployment's engines.
 *
 * @param modelContextTokens the model's; 0 where unknown
 * @param launchDigests what the engine in each slot is launched from; as many as engines are wanted
 * @param startTimeout how long an engine may take until it answers; empty where none is started here, so that nothing would be
 *     gained by starting it again
 */
public record Wish(
        Deployment deployment, int modelContextTokens, List<String> launchDigests, Optional<Duration> startTimeout) {
    public Wish {
        launchDigests = List.copyOf(launchDigests);
    }

    int wanted() {
        return launchDigests.size();
    }

    /** Whether an engine is one that is asked for. */
    boolean covers(Replica replica) {
        int index = replica.slot().index();
        return index < wanted() && launchDigests.get(index).equals(replica.launchDigest());
    }
}

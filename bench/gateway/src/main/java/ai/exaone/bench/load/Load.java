package ai.exaone.bench.load;

import java.net.URI;
import java.time.Duration;

/**
 * What is asked of whom, how, and for how long.
 *
 * @param base of the target, ending in {@code /v1}
 * @param key presented as a bearer
 * @param bodyBytes about how long a request's body is
 * @param requestLimit ends the measured time early once so many are complete; 0 for none
 */
public record Load(
        URI base,
        String key,
        String model,
        Expected expected,
        int bodyBytes,
        Pace pace,
        Duration warmUp,
        Duration measured,
        long requestLimit) {
    public Load {
        if (!"http".equals(base.getScheme()) || base.getPort() < 0) {
            throw new IllegalArgumentException("Not an address with a port over plain HTTP: " + base);
        }
    }

    String path() {
        return base.getPath() + (expected instanceof Expected.Embedding ? "/embeddings" : "/chat/completions");
    }
}

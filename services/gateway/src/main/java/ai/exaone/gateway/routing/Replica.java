package ai.exaone.gateway.routing;

import java.net.URI;

/**
 * One engine that can answer.
 *
 * @param id {@code rpl_…}
 * @param url its root, without {@code /v1}
 * @param key the bearer key it asks for; empty for none
 * @param engineModel the model's name there
 */
public record Replica(String id, URI url, String key, String engineModel) {
    /** Without the key: this text may reach a log. */
    @Override
    public String toString() {
        return id + " at " + url;
    }
}

package ai.exaone.gateway.routing;

import java.net.URI;

/**
 * One engine that can answer.
 *
 * @param id {@code rpl_…}
 * @param url its root, without {@code /v1}
 * @param key the bearer key it asks for; empty for none
 * @param engineModel the model's name there
 * @param places calls it answers at once, all gateways' together; 0 when unknown
 */
public record Replica(String id, URI url, String key, String engineModel, int places) {
    /** Without the key: this text may reach a log. */
    @Override
    public String toString() {
        return id + " at " + url;
    }
}

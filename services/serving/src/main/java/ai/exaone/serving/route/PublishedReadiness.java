package ai.exaone.serving.route;

import ai.exaone.serving.model.Readiness;
import ai.exaone.serving.published.PublishedLog;
import java.util.HashMap;
import java.util.Map;

/** Whether models can answer, as the routes say. */
public final class PublishedReadiness implements Readiness {
    private final PublishedLog routes;

    public PublishedReadiness(PublishedLog routes) {
        this.routes = routes;
    }

    @Override
    public Map<String, Boolean> ofDeployed() {
        Map<String, Boolean> ready = new HashMap<>();
        for (PublishedLog.Published entry : routes.snapshot().entries()) {
            ready.put(entry.key(), RouteMessages.canAnswer(entry.payload()));
        }
        return ready;
    }
}

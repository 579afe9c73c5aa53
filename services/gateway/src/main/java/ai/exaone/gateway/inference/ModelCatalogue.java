package ai.exaone.gateway.inference;

import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.routing.ModelRoute;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** The models that a caller may name, in OpenAI's shape. Thread-safe. */
public final class ModelCatalogue {
    private final Models models;
    private final AgentDirectory agents;

    public ModelCatalogue(Models models, AgentDirectory agents) {
        this.models = models;
        this.agents = agents;
    }

    /** All of them: models by name, then agents by name. */
    byte[] list(Caller caller) {
        List<ModelRoute> routes = models.visibleTo(caller);
        List<AgentDirectory.CallableAgent> callable = agents.of(caller);
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (ModelRoute route : routes) {
                model(json, route);
            }
            for (AgentDirectory.CallableAgent agent : callable) {
                agent(json, agent);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /**
     * One of them.
     *
     * @throws ai.exaone.errors.PlatformException MODEL_NOT_FOUND
     */
    byte[] one(Caller caller, String name) {
        if (name.startsWith(Models.AGENT_PREFIX)) {
            AgentDirectory.CallableAgent found = agents.of(caller).stream()
                    .filter(agent -> agent.model().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Models.notFound(name));
            return Json.write(json -> agent(json, found));
        }
        ModelRoute route = models.find(caller, name).orElseThrow(() -> Models.notFound(name));
        return Json.write(json -> model(json, route));
    }

    private static void model(JsonGenerator json, ModelRoute route) throws IOException {
        object(json, route.name(), route.createdSeconds(), "exaone");
    }

    private static void agent(JsonGenerator json, AgentDirectory.CallableAgent agent) throws IOException {
        object(json, agent.model(), agent.createdSeconds(), agent.projectId());
    }

    private static void object(JsonGenerator json, String id, long created, String owner) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("object", "model");
        json.writeNumberField("created", created);
        json.writeStringField("owned_by", owner);
        json.writeEndObject();
    }
}

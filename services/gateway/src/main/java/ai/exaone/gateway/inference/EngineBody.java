package ai.exaone.gateway.inference;

import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.InferenceRequest;
import ai.exaone.gateway.openai.Json;
import ai.exaone.gateway.openai.JsonMembers;
import ai.exaone.gateway.openai.Span;
import ai.exaone.gateway.openai.Splice;
import ai.exaone.gateway.openai.Splice.Edit;
import ai.exaone.gateway.routing.EngineProfile;
import ai.exaone.gateway.routing.ModelRoute;
import ai.exaone.gateway.routing.Thinking;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splices into a request what its engine must be told. */
final class EngineBody {
    private final InferenceRequest request;
    private final List<Edit> edits = new ArrayList<>();
    private final StringBuilder added = new StringBuilder();

    private EngineBody(InferenceRequest request) {
        this.request = request;
    }

    /**
     * The request for the engines of a model, still under its public name.
     *
     * @param more edits of the request that are made for other reasons
     */
    static Splice of(InferenceRequest request, ModelRoute route, List<Edit> more) {
        EngineBody body = new EngineBody(request);
        body.edits.addAll(more);
        if (request.endpoint().generates()) {
            body.limitOutput(route);
            body.decideThinking(route.profile().thinking());
            if (request.stream() && route.profile().streamUsage()) {
                body.askForUsage();
            }
        }
        if (request.endpoint() == Endpoint.EMBEDDINGS && !route.profile().embeddingFormats()) {
            body.askForNumbers();
        }
        return body.splice();
    }

    /** The same under the name that one engine knows. */
    static Splice named(Splice body, InferenceRequest request, String engineModel) {
        if (engineModel.equals(request.model())) {
            return body;
        }
        Span model = request.members().value("model").orElseThrow();
        return body.with(List.of(new Edit(model, Json.string(engineModel))));
    }

    /** Whether the caller wants embeddings in a form that the engine does not know. */
    static boolean needsBase64(InferenceRequest request, EngineProfile profile) {
        return request.endpoint() == Endpoint.EMBEDDINGS
                && !profile.embeddingFormats()
                && request.text("encoding_format").filter("base64"::equals).isPresent();
    }

    /** Engines know {@code max_tokens}, and not all of them its newer name. */
    private void limitOutput(ModelRoute route) {
        long limit = request.outputTokens().orElse(route.defaultOutputTokens());
        if (limit > 0 && !request.has("max_tokens")) {
            set("max_tokens", Long.toString(limit));
        }
    }

    /** Says once and in one way whether to think: not all engines that have the switch know the words of efforts. */
    private void decideThinking(Thinking thinking) {
        if (request.endpoint() != Endpoint.CHAT_COMPLETIONS || !thinking.isSwitch()) {
            return;
        }
        boolean byDefault = ReasoningEffort.of(request).orElse(thinking == Thinking.ON);
        request.field(ReasoningEffort.FIELD).ifPresent(effort -> edits.add(Edit.replace(effort, "null")));
        setMember("chat_template_kwargs", "enable_thinking", Boolean.toString(byDefault), Optional.empty());
    }

    private void askForUsage() {
        setMember("stream_options", "include_usage", "true", Optional.of("true"));
    }

    private void askForNumbers() {
        request.field("encoding_format").ifPresent(format -> edits.add(Edit.replace(format, "\"float\"")));
    }

    /**
     * Sets a member of an object field.
     *
     * @param value where the caller sets none
     * @param instead where the caller sets one; empty to leave it
     */
    private void setMember(String field, String member, String value, Optional<String> instead) {
        Optional<Span> object = request.field(field);
        if (object.isEmpty()) {
            set(field, "{\"" + member + "\":" + value + "}");
            return;
        }
        JsonMembers members = JsonMembers.of(request.body(), object.get()).orElseThrow();
        Optional<Span> present = members.value(member);
        if (present.isPresent()) {
            instead.ifPresent(other -> edits.add(Edit.replace(present.get(), other)));
        } else {
            String comma = members.values().isEmpty() ? "" : ",";
            edits.add(Edit.insert(object.get().start() + 1, "\"" + member + "\":" + value + comma));
        }
    }

    /** Sets a field that is absent or {@code null}. */
    private void set(String field, String value) {
        Optional<Span> asNull = request.members().value(field);
        if (asNull.isPresent()) {
            edits.add(Edit.replace(asNull.get(), value));
        } else {
            added.append('"').append(field).append("\":").append(value).append(',');
        }
    }

    private Splice splice() {
        if (!added.isEmpty()) {
            int afterBrace = request.members().object().start() + 1;
            edits.add(
                    new Edit(new Span(afterBrace, afterBrace), added.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return new Splice(request.body(), edits);
    }
}

package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.anthropic.AnthropicErrors;
import ai.exaone.gateway.anthropic.MessageTranslation;
import ai.exaone.gateway.anthropic.MessagesRequest;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.ErrorShape;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.gateway.responses.ItemPage;
import ai.exaone.gateway.responses.ProjectScope;
import ai.exaone.gateway.responses.Responses;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The paths of the API and what each of them asks for. Thread-safe. */
public final class Operations {
    private static final String MODELS = "/v1/models";
    private static final String RESPONSES = "/v1/responses";
    private static final String INPUT_ITEMS = "/input_items";
    private static final String MESSAGES = "/v1/messages";
    private static final ErrorShape ANTHROPIC = new AnthropicErrors();

    private final ModelCatalogue catalogue;
    private final Responses responses;
    private final UnaryOperator<String> ids;
    private final Map<String, Operation> posted = new HashMap<>();

    /**
     * @param ids makes an id with a prefix
     */
    public Operations(
            ModelCatalogue catalogue, Responses responses, TokenCounting counting, UnaryOperator<String> ids) {
        this.catalogue = catalogue;
        this.responses = responses;
        this.ids = ids;
        for (Endpoint endpoint : Endpoint.values()) {
            posted.put(endpoint.path(), new Operation.Infer(endpoint));
        }
        posted.put(RESPONSES, new Operation.Translate(RESPONSES, this::response));
        posted.put(MESSAGES, new Operation.Translate(MESSAGES, this::message));
        posted.put(TokenCounting.PATH, new Operation.Examine(counting::count));
    }

    /** How failures at a path are worded. */
    static ErrorShape errors(String path) {
        return path.equals(MESSAGES) || path.startsWith(MESSAGES + "/") ? ANTHROPIC : ErrorShape.OPENAI;
    }

    /**
     * What is asked for.
     *
     * @param method in upper case
     * @param path below the API's root, decoded
     * @throws PlatformException PATH_NOT_FOUND, METHOD_NOT_ALLOWED
     */
    Operation find(String method, String path) {
        Optional<Operation> found = switch (method) {
            case "POST" -> Optional.ofNullable(posted.get(path));
            case "GET", "HEAD" -> read(path);
            case "DELETE" -> deleted(path);
            default -> Optional.empty();
        };
        return found.orElseThrow(() -> refusal(method, path));
    }

    private Optional<Operation> read(String path) {
        if (path.equals(MODELS)) {
            return look((caller, query) -> Operation.Reply.of(catalogue.list(caller)));
        }
        if (isBelow(MODELS, path)) {
            String name = below(MODELS, path);
            return look((caller, query) -> Operation.Reply.of(catalogue.one(caller, name)));
        }
        if (isResponse(path)) {
            String id = below(RESPONSES, path);
            return look((caller, query) -> Operation.Reply.of(responses.get(scope(caller), id)));
        }
        if (isBelow(RESPONSES, path) && path.endsWith(INPUT_ITEMS)) {
            String id = below(RESPONSES, path.substring(0, path.length() - INPUT_ITEMS.length()));
            return look(
                    (caller, query) -> Operation.Reply.of(responses.inputItems(scope(caller), id, ItemPage.of(query))));
        }
        return Optional.empty();
    }

    private Optional<Operation> deleted(String path) {
        if (!isResponse(path)) {
            return Optional.empty();
        }
        String id = below(RESPONSES, path);
        return look((caller, query) -> Operation.Reply.of(responses.delete(scope(caller), id)));
    }

    private TranslatedApi.Translated response(Caller caller, String requestId, byte[] body) {
        Responses.Prepared prepared = responses.prepare(scope(caller), body);
        return new TranslatedApi.Translated(prepared.chat(), prepared.translation());
    }

    private TranslatedApi.Translated message(Caller caller, String requestId, byte[] body) {
        MessagesRequest request = MessagesRequest.read(body);
        return new TranslatedApi.Translated(
                request.chat(), new MessageTranslation(ids.apply("msg"), request, requestId));
    }

    private PlatformException refusal(String method, String path) {
        boolean known = posted.containsKey(path) || read(path).isPresent();
        return known
                ? new PlatformException(
                        OpenAiReason.METHOD_NOT_ALLOWED, "Not allowed to " + method + " on " + path + ".")
                : unknownPath(method, path);
    }

    static PlatformException unknownPath(String method, String path) {
        return new PlatformException(OpenAiReason.PATH_NOT_FOUND, "Unknown request URL: " + method + " " + path + ".");
    }

    private static Optional<Operation> look(Operation.Answering answering) {
        return Optional.of(new Operation.Look(answering));
    }

    private static boolean isResponse(String path) {
        return isBelow(RESPONSES, path) && below(RESPONSES, path).indexOf('/') < 0;
    }

    private static boolean isBelow(String root, String path) {
        return path.startsWith(root + "/") && path.length() > root.length() + 1;
    }

    private static String below(String root, String path) {
        return path.substring(root.length() + 1);
    }

    private static ProjectScope scope(Caller caller) {
        return new ProjectScope(caller.tenantId(), caller.projectId());
    }
}

package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.anthropic.AnthropicErrors;
import ai.exaone.gateway.anthropic.MessageTranslation;
import ai.exaone.gateway.anthropic.MessagesRequest;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.ProjectScope;
import ai.exaone.gateway.batches.Batches;
import ai.exaone.gateway.files.CallerFiles;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.ErrorShape;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.gateway.responses.ItemPage;
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
    private static final String FILES = "/v1/files";
    private static final String CONTENT = "/content";
    private static final String BATCHES = "/v1/batches";
    private static final String CANCEL = "/cancel";
    private static final ErrorShape ANTHROPIC = new AnthropicErrors();

    private final ModelCatalogue catalogue;
    private final Responses responses;
    private final CallerFiles files;
    private final Batches batches;
    private final UnaryOperator<String> ids;
    private final Map<String, Operation> posted = new HashMap<>();

    /**
     * @param ids makes an id with a prefix
     */
    public Operations(
            ModelCatalogue catalogue,
            Responses responses,
            TokenCounting counting,
            CallerFiles files,
            Batches batches,
            UnaryOperator<String> ids) {
        this.catalogue = catalogue;
        this.responses = responses;
        this.files = files;
        this.batches = batches;
        this.ids = ids;
        for (Endpoint endpoint : Endpoint.values()) {
            posted.put(endpoint.path(), new Operation.Infer(endpoint));
        }
        posted.put(RESPONSES, new Operation.Translate(RESPONSES, this::response));
        posted.put(MESSAGES, new Operation.Translate(MESSAGES, this::message));
        posted.put(TokenCounting.PATH, new Operation.Examine(counting::count));
        posted.put(FILES, new Operation.Upload((caller, type, body) -> files.upload(scope(caller), type, body)));
        posted.put(
                BATCHES,
                new Operation.Make((caller, requestId, body) -> Operation.Reply.of(batches.create(caller, body))));
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
            case "POST" -> Optional.ofNullable(posted.get(path)).or(() -> changed(path));
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
        return readKept(path);
    }

    private Optional<Operation> readKept(String path) {
        if (path.equals(FILES)) {
            return look((caller, query) -> Operation.Reply.of(files.list(scope(caller), query)));
        }
        if (isOne(FILES, path)) {
            String id = below(FILES, path);
            return look((caller, query) -> Operation.Reply.of(files.get(scope(caller), id)));
        }
        if (isBelow(FILES, path) && path.endsWith(CONTENT)) {
            String id = below(FILES, path.substring(0, path.length() - CONTENT.length()));
            return Optional.of(new Operation.Download(caller -> files.content(scope(caller), id)));
        }
        if (path.equals(BATCHES)) {
            return look((caller, query) -> Operation.Reply.of(batches.list(scope(caller), query)));
        }
        if (isOne(BATCHES, path)) {
            String id = below(BATCHES, path);
            return look((caller, query) -> Operation.Reply.of(batches.get(scope(caller), id)));
        }
        return Optional.empty();
    }

    private Optional<Operation> changed(String path) {
        String batch = path.endsWith(CANCEL) ? path.substring(0, path.length() - CANCEL.length()) : "";
        if (!isOne(BATCHES, batch)) {
            return Optional.empty();
        }
        String id = below(BATCHES, batch);
        return Optional.of(
                new Operation.Make((caller, requestId, body) -> Operation.Reply.of(batches.cancel(scope(caller), id))));
    }

    private Optional<Operation> deleted(String path) {
        if (isOne(FILES, path)) {
            String id = below(FILES, path);
            return look((caller, query) -> Operation.Reply.of(files.delete(scope(caller), id)));
        }
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
        boolean known = posted.containsKey(path)
                || read(path).isPresent()
                || changed(path).isPresent();
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
        return isOne(RESPONSES, path);
    }

    /** Whether a path names one thing below a root. */
    private static boolean isOne(String root, String path) {
        return isBelow(root, path) && below(root, path).indexOf('/') < 0;
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

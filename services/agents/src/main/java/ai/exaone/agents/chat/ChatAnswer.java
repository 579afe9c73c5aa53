package ai.exaone.agents.chat;

import ai.exaone.agents.run.Run;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run's answer in OpenAI's shapes: one completion, or the chunks of a stream. */
record ChatAnswer(Run run) {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    /** The whole answer. */
    byte[] completion(String content, String finishReason, Run ended) {
        ObjectNode root = head("chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", content)
                .putNull("refusal");
        choice.putNull("logprobs");
        choice.put("finish_reason", finishReason);
        putUsage(root, ended);
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The first chunk: who speaks. */
    byte[] opening() {
        ObjectNode root = head("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("finish_reason");
        return event(root);
    }

    /** A piece of the text. */
    byte[] piece(String content) {
        ObjectNode root = head("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("content", content);
        choice.putNull("finish_reason");
        return event(root);
    }

    /** The last chunk with a choice. */
    byte[] closing(String finishReason) {
        ObjectNode root = head("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", finishReason);
        return event(root);
    }

    /** The chunk with what the run used. */
    byte[] usage(Run ended) {
        ObjectNode root = head("chat.completion.chunk");
        root.putArray("choices");
        putUsage(root, ended);
        return event(root);
    }

    private ObjectNode head(String kind) {
        return MAPPER.createObjectNode()
                .put("id", "chatcmpl-" + run.id())
                .put("object", kind)
                .put("created", run.createdAt().getEpochSecond())
                .put("model", "agent/" + run.agentName());
    }

    private static void putUsage(ObjectNode root, Run ended) {
        root.putObject("usage")
                .put("prompt_tokens", ended.inputTokens())
                .put("completion_tokens", ended.outputTokens())
                .put("total_tokens", ended.inputTokens() + ended.outputTokens());
    }

    static byte[] event(ObjectNode root) {
        return ("data: " + root + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}

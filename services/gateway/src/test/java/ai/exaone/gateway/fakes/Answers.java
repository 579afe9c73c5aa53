package ai.exaone.gateway.fakes;

import java.io.IOException;

/** Answers as engines give them. */
public final class Answers {
    private Answers() {}

    /** A chat completion with its usage. */
    public static String chat(String content) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"stub\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,\"total_tokens\":10}}";
    }

    /** One part of a streamed chat completion. */
    public static String part(String content) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"stub\",\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"" + content + "\"},\"finish_reason\":null}]}";
    }

    /** The last part, with a reason. */
    public static String finish(String reason) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"stub\",\"choices\":[{\"index\":0,"
                + "\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
    }

    /** The usage chunk. */
    public static String usage(int input, int output) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"stub\",\"choices\":[],"
                + "\"usage\":{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + ",\"total_tokens\":"
                + (input + output) + "}}";
    }

    /** An engine that answers every request with a few words, streamed where asked for. */
    public static void words(StubEngine.Received request, StubEngine.Reply reply) throws IOException {
        if (request.path().endsWith("/embeddings")) {
            reply.json(200, embeddings());
        } else if (request.body().contains("\"stream\":true") || request.body().contains("\"stream\": true")) {
            reply.beginStream();
            for (String word : new String[] {"one", " two", " three"}) {
                reply.event(part(word));
            }
            reply.event(finish("stop"));
            reply.event(usage(7, 3));
            reply.event("[DONE]");
            reply.endStream();
        } else {
            reply.json(200, chat("one two three"));
        }
    }

    /** Two embeddings in numbers. */
    public static String embeddings() {
        return "{\"object\":\"list\",\"model\":\"stub\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-1.25,2]},"
                + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[1e-3,0,3.5]}],\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}";
    }
}

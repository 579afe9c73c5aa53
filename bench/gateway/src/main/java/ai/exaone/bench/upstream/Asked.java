package ai.exaone.bench.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What of a request's body steers its answer. The rest is skipped, not built.
 *
 * @param usage whether a stream ends with the usage
 * @param continuousUsage whether each of its events has the usage so far
 * @param inputs texts to embed
 * @param base64 whether embeddings are wanted in base64
 * @param script words of the body's member {@code script}, which no engine knows and a gateway therefore relays
 */
record Asked(
        String model,
        boolean stream,
        boolean usage,
        boolean continuousUsage,
        int inputs,
        boolean base64,
        Optional<String> script) {
    private static final JsonFactory JSON = new JsonFactory();
    /** Of a longer body only the beginning is read once it says model and stream: prompts cost engines tokens, not parsing. */
    private static final int READ_WHOLE_BYTES = 64 * 1024;

    /** @throws IOException if it is not a JSON object with a model */
    static Asked read(ByteBuf body) throws IOException {
        boolean hasty = body.readableBytes() > READ_WHOLE_BYTES;
        Members members = new Members();
        try (InputStream stream = new ByteBufInputStream(body.duplicate());
                JsonParser parser = JSON.createParser(stream)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("The body is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members.take(parser);
                if (hasty && members.isPlain()) {
                    break;
                }
            }
        }
        return members.asked();
    }

    private static final class Members {
        private String model = "";
        private Optional<Boolean> stream = Optional.empty();
        private boolean usage;
        private boolean continuousUsage;
        private int inputs = 1;
        private boolean base64;
        private Optional<String> script = Optional.empty();

        void take(JsonParser parser) throws IOException {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "model" -> model = parser.getText();
                case "stream" -> stream = Optional.of(value == JsonToken.VALUE_TRUE);
                case "script" -> script = Optional.of(parser.getText());
                case "encoding_format" -> base64 = "base64".equals(parser.getText());
                case "input" -> inputs = value == JsonToken.START_ARRAY ? elements(parser) : 1;
                case "stream_options" -> streamOptions(parser);
                default -> parser.skipChildren();
            }
        }

        private void streamOptions(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                boolean wanted = parser.nextToken() == JsonToken.VALUE_TRUE;
                usage |= wanted && name.equals("include_usage");
                continuousUsage |= wanted && name.equals("continuous_usage_stats");
                parser.skipChildren();
            }
        }

        /** A list of numbers is one text, already cut into tokens. */
        private static int elements(JsonParser parser) throws IOException {
            int count = 0;
            boolean tokens = false;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                tokens |= parser.currentToken().isNumeric();
                count++;
                parser.skipChildren();
            }
            return tokens ? 1 : count;
        }

        boolean isPlain() {
            return !model.isEmpty() && stream.isPresent() && !stream.get();
        }

        Asked asked() throws IOException {
            if (model.isEmpty()) {
                throw new IOException("The body names no model");
            }
            return new Asked(model, stream.orElse(false), usage, continuousUsage, inputs, base64, script);
        }
    }
}

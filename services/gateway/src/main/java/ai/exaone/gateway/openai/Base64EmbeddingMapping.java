package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes embeddings as base64 of little-endian floats, where the caller asked for that and the engine only knows numbers. */
public final class Base64EmbeddingMapping implements AnswerMapping {
    /** The object, {@code data}, an item of it. */
    private static final int DEPTH_OF_EMBEDDING = 3;

    @Override
    public byte[] whole(byte[] answer) {
        List<Splice.Edit> edits = new ArrayList<>();
        try (JsonParser parser = Json.parser(answer, new Span(0, answer.length))) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : 0;
                depth -= token.isStructEnd() ? 1 : 0;
                boolean embedding = token == JsonToken.FIELD_NAME
                        && depth == DEPTH_OF_EMBEDDING
                        && parser.currentName().equals("embedding");
                if (embedding && parser.nextToken() == JsonToken.START_ARRAY) {
                    edits.add(encode(parser));
                } else if (embedding && parser.currentToken().isStructStart()) {
                    depth++;
                }
            }
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
        return new Splice(answer, edits).toBytes();
    }

    private static Splice.Edit encode(JsonParser parser) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        ByteArrayOutputStream floats = new ByteArrayOutputStream();
        ByteBuffer number = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            floats.writeBytes(number.putFloat(0, parser.getFloatValue()).array());
        }
        int end = (int) parser.currentLocation().getByteOffset();
        String encoded = Base64.getEncoder().encodeToString(floats.toByteArray());
        return Splice.Edit.replace(new Span(start, end), '"' + encoded + '"');
    }
}

package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Gives the field that holds reasoning, in messages and deltas, the name that callers know. */
public final class ReasoningFieldMapping implements AnswerMapping {
    /** {@code choices}, an item of it, {@code message} or {@code delta}, the field. */
    private static final int DEPTH_OF_FIELD = 4;

    private final String engineField;
    private final byte[] quotedEngineField;
    private final String publicField;

    public ReasoningFieldMapping(String engineField, String publicField) {
        this.engineField = engineField;
        this.quotedEngineField = ('"' + engineField + '"').getBytes(StandardCharsets.UTF_8);
        this.publicField = publicField;
    }

    @Override
    public byte[] whole(byte[] answer) {
        if (!Bytes.contains(answer, quotedEngineField)) {
            return answer;
        }
        List<Splice.Edit> edits = new ArrayList<>();
        try (JsonParser parser = Json.parser(answer, new Span(0, answer.length))) {
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : 0;
                depth -= token.isStructEnd() ? 1 : 0;
                if (token == JsonToken.FIELD_NAME
                        && depth == DEPTH_OF_FIELD
                        && parser.currentName().equals(engineField)) {
                    edits.add(rename((int) parser.currentTokenLocation().getByteOffset()));
                }
            }
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
        return new Splice(answer, edits).toBytes();
    }

    @Override
    public List<byte[]> part(byte[] data) {
        return List.of(whole(data));
    }

    private Splice.Edit rename(int offset) {
        return new Splice.Edit(new Span(offset, offset + quotedEngineField.length), Json.string(publicField));
    }
}

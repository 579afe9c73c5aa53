package ai.exaone.gateway.management.transcode;

import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A look at a JSON body against the message it should be, in one pass and without a tree: which fields are there, which are unknown,
 * twice there or of the wrong type. What passes is then read by protobuf's own parser.
 *
 * @param present proto names of the top-level fields that are there, in order
 * @param violations what is wrong, by JSON path
 */
record JsonBody(Set<String> present, List<FieldViolation> violations) {
    private static final int DEEPEST = 32;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /**
     * Looks at a body.
     *
     * @throws PlatformException MALFORMED_BODY, with line and column, when it is not one JSON object
     */
    static JsonBody read(byte[] body, Descriptor message) {
        Set<String> present = new LinkedHashSet<>();
        List<FieldViolation> violations = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body must be a JSON object.", parser.currentTokenLocation());
            }
            new Walk(parser, violations).object(message, "", present);
            if (parser.nextToken() != null) {
                throw malformed("Something follows the body's JSON object.", parser.currentTokenLocation());
            }
        } catch (StreamConstraintsException beyond) {
            throw new PlatformException(
                    TranscodeError.MALFORMED_BODY,
                    "The body is nested too deeply, or has a name or number that is too long.");
        } catch (JsonProcessingException broken) {
            throw malformed("The body is not valid JSON, or names a field twice.", broken.getLocation());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new JsonBody(present, violations);
    }

    private static PlatformException malformed(String message, @Nullable JsonLocation location) {
        PlatformException.Builder failure = PlatformException.because(TranscodeError.MALFORMED_BODY, message);
        if (location != null) {
            failure.metadata("line", Integer.toString(Math.max(location.getLineNr(), 1)))
                    .metadata("column", Integer.toString(Math.max(location.getColumnNr(), 1)));
        }
        return failure.build();
    }

    /** One pass over the tokens. */
    private record Walk(JsonParser parser, List<FieldViolation> violations) {

        void object(Descriptor message, String prefix, Set<String> present) throws IOException {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                String path = prefix + name;
                JsonToken value = parser.nextToken();
                Optional<FieldDescriptor> field = FieldValues.find(message, name);
                if (field.isEmpty()) {
                    violations.add(new FieldViolation(path, "is not a field of this request"));
                    parser.skipChildren();
                } else {
                    present.add(field.get().getName());
                    value(field.get(), value, path);
                }
            }
        }

        private void value(FieldDescriptor field, JsonToken value, String path) throws IOException {
            if (value == JsonToken.VALUE_NULL) {
                return;
            }
            if (field.isMapField()) {
                expect(value == JsonToken.START_OBJECT, path, "must be an object");
                parser.skipChildren();
            } else if (!field.isRepeated()) {
                single(field, value, path);
            } else if (value == JsonToken.START_ARRAY) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    single(field, parser.currentToken(), path + "[" + i + "]");
                }
            } else {
                expect(false, path, "must be a list");
                parser.skipChildren();
            }
        }

        private void single(FieldDescriptor field, JsonToken value, String path) throws IOException {
            if (FieldValues.isNested(field)) {
                if (value == JsonToken.START_OBJECT) {
                    object(field.getMessageType(), path + ".", new LinkedHashSet<>());
                } else {
                    expect(false, path, "must be an object");
                    parser.skipChildren();
                }
            } else if (value.isStructEnd() || value.isStructStart()) {
                boolean struct = FieldValues.isStruct(field) && value == JsonToken.START_OBJECT;
                expect(struct, path, FieldValues.expectation(field));
                parser.skipChildren();
            } else {
                FieldValues.mistake(field, value, parser.getText())
                        .ifPresent(mistake -> violations.add(new FieldViolation(path, mistake)));
            }
        }

        private void expect(boolean right, String path, String description) {
            if (!right) {
                violations.add(new FieldViolation(path, description));
            }
        }
    }
}

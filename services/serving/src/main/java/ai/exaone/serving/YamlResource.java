package ai.exaone.serving;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads data that travels with the platform. A key that nobody knows is an error, as is a missing number. */
public final class YamlResource {
    private static final ObjectMapper YAML = mapper();

    private YamlResource() {}

    /**
     * Reads the file beside a class.
     *
     * @throws IllegalStateException if it is missing or malformed: the platform was put together wrongly
     */
    public static <T> T read(Class<?> beside, String file, TypeReference<T> type) {
        try (InputStream content = beside.getResourceAsStream(file)) {
            if (content == null) {
                throw new IllegalStateException("Missing from the platform: " + file);
            }
            return YAML.readValue(content, type);
        } catch (IOException failure) {
            throw new IllegalStateException("Malformed in the platform: " + file, failure);
        }
    }

    private static ObjectMapper mapper() {
        var mapper = new ObjectMapper(new YAMLFactory())
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .registerModule(new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()));
        mapper.coercionConfigFor(LogicalType.Textual).setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper;
    }

    private static final class DurationDeserializer extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationDeserializer() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Duration.parse(parser.getText());
        }
    }
}

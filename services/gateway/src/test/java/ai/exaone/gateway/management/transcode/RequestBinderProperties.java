package ai.exaone.gateway.management.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.FieldViolation;
import ai.exaone.errors.PlatformException;
import ai.exaone.rpc.contract.Contracts;
import ai.exaone.rpc.contract.PathTemplate;
import ai.exaone.rpc.contract.PublicMethod;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import com.google.protobuf.util.JsonFormat;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A request written as path, query and body is the request again, for every RPC. */
class RequestBinderProperties {
    private static final Contracts CONTRACTS = Contracts.load();

    private final ApiRoutes routes = new ApiRoutes(CONTRACTS);
    private final RequestBinder binder = new RequestBinder();

    @Property(tries = 3000)
    void whatIsWrittenIsRead(@ForAll("methods") PublicMethod method, @ForAll long seed) throws Exception {
        DynamicMessage request = new RandomRequests(new Random(seed)).of(method);
        ApiRoutes.Resolution.Found found =
                (ApiRoutes.Resolution.Found) routes.resolve(method.verb().name(), path(method, request));
        assertThat(found.method().descriptor().getFullName())
                .isEqualTo(method.descriptor().getFullName());
        DynamicMessage read = binder.bind(found.method(), found.values(), input(method, request));
        assertThat(read.toByteString())
                .isEqualTo(DynamicMessage.parseFrom(read.getDescriptorForType(), request.toByteString())
                        .toByteString());
    }

    @Property(tries = 500)
    void whatFitsNowhereIsNamed(@ForAll("methods") PublicMethod method, @ForAll long seed) throws Exception {
        DynamicMessage request = new RandomRequests(new Random(seed)).of(method);
        HttpInput input = input(method, request);
        Map<String, List<String>> query = new LinkedHashMap<>(input.query());
        query.put("colour", List.of("red"));
        PlatformException refused = catchThrowableOfType(
                PlatformException.class,
                () -> binder.bind(
                        method,
                        pathValues(method, request),
                        new HttpInput(query, input.body(), Optional.empty(), Optional.empty())));
        assertThat(refused.violations()).extracting(FieldViolation::field).containsExactly("colour");
    }

    /** Whatever comes, the answer is a request or a refusal, never a defect. */
    @Property(tries = 3000)
    void garbageIsRefusedByReason(
            @ForAll("methods") PublicMethod method, @ForAll("garbage") String body, @ForAll("garbage") String value) {
        HttpInput input = new HttpInput(
                Map.of(
                        method.queryFields().stream()
                                .map(FieldDescriptor::getJsonName)
                                .findFirst()
                                .orElse("none"),
                        List.of(value)),
                body.getBytes(StandardCharsets.UTF_8),
                Optional.of(value),
                Optional.of(value));
        Map<String, String> path = new LinkedHashMap<>();
        method.path().fields().forEach(field -> path.put(field, value));
        try {
            binder.bind(method, path, input);
        } catch (PlatformException refused) {
            assertThat(refused.category().httpStatus()).isEqualTo(400);
        }
    }

    @Provide
    Arbitrary<PublicMethod> methods() {
        return Arbitraries.of(CONTRACTS.methods());
    }

    @Provide
    Arbitrary<String> garbage() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.of(
                        "{",
                        "}",
                        "[]",
                        "null",
                        "{\"name\":null}",
                        "{\"name\":{}}",
                        "{\"name\":[[]]}",
                        "1e400",
                        "-0",
                        "1e2",
                        "{\"\":\"\"}",
                        "{\"name\":\"\\ud800\"}",
                        "\u0000",
                        "9".repeat(50),
                        "1E999999999",
                        "true",
                        "2026-01-01T00:00:00Z",
                        "{\"updateMask\":\"a,b\"}",
                        "{\"a\":".repeat(40),
                        "nan",
                        "Infinity",
                        ",",
                        "A_b"));
    }

    private static String path(PublicMethod method, DynamicMessage request) {
        Map<String, String> values = pathValues(method, request);
        String path = method.path().segments().stream()
                .map(segment -> switch (segment) {
                    case PathTemplate.Segment.Literal(String word) -> word;
                    case PathTemplate.Segment.Variable(String field) -> encoded(values.get(field));
                })
                .collect(Collectors.joining("/", "/", ""));
        return method.path().verb().isEmpty()
                ? path
                : path + ":" + method.path().verb();
    }

    private static Map<String, String> pathValues(PublicMethod method, DynamicMessage request) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : method.path().fields()) {
            values.put(name, (String)
                    request.getField(request.getDescriptorForType().findFieldByName(name)));
        }
        return values;
    }

    private static HttpInput input(PublicMethod method, DynamicMessage request) throws Exception {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (FieldDescriptor field : method.queryFields()) {
            if (field.isRepeated()) {
                List<String> values = new ArrayList<>();
                for (int i = 0; i < request.getRepeatedFieldCount(field); i++) {
                    values.add(text(request.getRepeatedField(field, i)));
                }
                query.put(field.getJsonName(), values);
            } else if (request.hasField(field)) {
                query.put(field.getJsonName(), List.of(text(request.getField(field))));
            }
        }
        String body = switch (method.body()) {
            case PublicMethod.Body.None() -> "";
            case PublicMethod.Body.Whole() -> json(withoutPath(method, request));
            case PublicMethod.Body.Field(FieldDescriptor field) -> json((Message) request.getField(field));
        };
        return new HttpInput(query, body.getBytes(StandardCharsets.UTF_8), Optional.empty(), Optional.empty());
    }

    private static Message withoutPath(PublicMethod method, DynamicMessage request) {
        DynamicMessage.Builder rest = request.toBuilder();
        method.path()
                .fields()
                .forEach(name -> rest.clearField(request.getDescriptorForType().findFieldByName(name)));
        return rest.build();
    }

    private static String json(Message message) throws InvalidProtocolBufferException {
        return JsonFormat.printer().print(message);
    }

    private static String text(Object value) throws InvalidProtocolBufferException {
        return switch (value) {
            case EnumValueDescriptor constant -> constant.getName();
            case FieldMask mask -> FieldMaskUtil.toJsonString(mask);
            case Message message -> {
                String json = json(message);
                yield json.substring(1, json.length() - 1);
            }
            default -> value.toString();
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

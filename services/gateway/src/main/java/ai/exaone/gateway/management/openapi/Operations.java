package ai.exaone.gateway.management.openapi;

import ai.exaone.gateway.management.transcode.Transcoder;
import ai.exaone.rpc.contract.Comments;
import ai.exaone.rpc.contract.PathTemplate;
import ai.exaone.rpc.contract.PublicMethod;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.stream.Collectors;

/** Routes as OpenAPI operations. */
final class Operations {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final String FILE = "text/csv";

    private final Comments comments;
    private final Schemas schemas;

    Operations(Comments comments, Schemas schemas) {
        this.comments = comments;
        this.schemas = schemas;
    }

    Operation of(PublicMethod method) {
        MethodDescriptor descriptor = method.descriptor();
        Operation operation = new Operation()
                .operationId(tag(descriptor.getService()) + "_" + descriptor.getName())
                .description(comments.of(descriptor))
                .addTagsItem(tag(descriptor.getService()));
        method.permission().ifPresent(permission -> operation.addExtension("x-exaone-permission", permission));
        for (String field : method.path().fields()) {
            operation.addParametersItem(parameter(descriptor.getInputType().findFieldByName(field), "path")
                    .required(true));
        }
        for (FieldDescriptor field : method.queryFields()) {
            operation.addParametersItem(parameter(field, "query").required(false));
        }
        body(method, operation);
        operation.setResponses(responses(descriptor));
        return operation;
    }

    /** The path with its variables named as in JSON. */
    static String path(PathTemplate template) {
        String path = template.segments().stream()
                .map(segment -> switch (segment) {
                    case PathTemplate.Segment.Literal(String word) -> word;
                    case PathTemplate.Segment.Variable(String field) -> "{" + lowerCamel(field) + "}";
                })
                .collect(Collectors.joining("/", "/", ""));
        return template.verb().isEmpty() ? path : path + ":" + template.verb();
    }

    /** The name under which a service's operations are grouped: {@code Tenant} for {@code TenantService}. */
    static String tag(ServiceDescriptor service) {
        String name = service.getName().replaceFirst("Service$", "");
        // Two areas may have a service of one name; only the area tells them apart.
        String area = service.getFile().getPackage().split("\\.")[1];
        return area + "." + name;
    }

    private Parameter parameter(FieldDescriptor field, String in) {
        Schema<Object> schema = schemas.field(field);
        Parameter parameter = new Parameter().name(field.getJsonName()).in(in).schema(schema);
        parameter.setDescription(comments.of(field));
        return parameter;
    }

    private void body(PublicMethod method, Operation operation) {
        switch (method.body()) {
            case PublicMethod.Body.None() -> {}
            case PublicMethod.Body.Whole() ->
                operation.setRequestBody(json(schemas.message(
                        method.descriptor().getInputType(),
                        field -> !method.path().fields().contains(field.getName()))));
            case PublicMethod.Body.Field(FieldDescriptor field) ->
                operation.setRequestBody(json(schemas.reference(field.getMessageType())));
        }
    }

    private ApiResponses responses(MethodDescriptor descriptor) {
        return new ApiResponses()
                .addApiResponse("200", success(descriptor))
                ._default(response("Refused or failed.", Problems.MEDIA_TYPE, problem()));
    }

    private ApiResponse success(MethodDescriptor descriptor) {
        if (Transcoder.isFile(descriptor.getOutputType())) {
            return response("A file.", FILE, Schemas.typed("string"));
        }
        Schema<Object> answer = schemas.reference(descriptor.getOutputType());
        return descriptor.isServerStreaming()
                ? response(
                        "Server-sent events: `event` is the kind of event, `id` the sequence to resume after with"
                                + " `Last-Event-ID`, `data` the message. An event `error` with a problem ends a broken stream.",
                        EVENTS,
                        answer)
                : response("Done.", JSON, answer);
    }

    private static Schema<Object> problem() {
        Schema<Object> problem = new Schema<>();
        problem.set$ref("#/components/schemas/Problem");
        return problem;
    }

    private static RequestBody json(Schema<Object> schema) {
        return new RequestBody().required(true).content(content(JSON, schema));
    }

    private static ApiResponse response(String description, String mediaType, Schema<Object> schema) {
        return new ApiResponse().description(description).content(content(mediaType, schema));
    }

    private static Content content(String mediaType, Schema<Object> schema) {
        return new Content().addMediaType(mediaType, new MediaType().schema(schema));
    }

    private static String lowerCamel(String protoName) {
        StringBuilder name = new StringBuilder();
        for (String word : protoName.split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}

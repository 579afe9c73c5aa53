package ai.exaone.gateway.management.openapi;

import ai.exaone.rpc.contract.Contracts;
import ai.exaone.rpc.contract.PublicMethod;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.HashSet;
import java.util.Set;

/** The OpenAPI 3.1 document of the management API. */
public final class OpenApiDocument {
    private static final String OPENAPI = "3.1.0";
    private static final String OWN_PACKAGE = "exaone.";
    private static final String DESCRIPTION = """
            Manages tenants, members, keys, limits, prices, models and agents. Errors are problems (RFC 9457). \
            64-bit numbers are texts. A create may carry a request id, as `requestId` or as `Idempotency-Key` header: \
            repeated, it returns the first result. Models and agents are called on `/v1`, which follows OpenAI's API.""";

    private OpenApiDocument() {}

    /** The document as JSON, the same for the same contracts. */
    public static String json(Contracts contracts) {
        return Json31.pretty(of(contracts)) + "\n";
    }

    private static OpenAPI of(Contracts contracts) {
        Schemas schemas = new Schemas(contracts.comments(), sent(contracts));
        Operations operations = new Operations(contracts.comments(), schemas);
        OpenAPI document = new OpenAPI(SpecVersion.V31);
        document.setOpenapi(OPENAPI);
        document.setInfo(new Info()
                .title("EXAONE On-Premise management API")
                .version("v1")
                .description(DESCRIPTION));
        document.setPaths(paths(contracts, operations));
        contracts.methods().stream()
                .map(method -> method.descriptor().getService())
                .distinct()
                .forEach(service -> document.addTagsItem(tag(service, contracts)));
        document.setComponents(components(schemas));
        document.addSecurityItem(new SecurityRequirement().addList("session"));
        document.addSecurityItem(new SecurityRequirement().addList("bearer"));
        return document;
    }

    private static Paths paths(Contracts contracts, Operations operations) {
        Paths paths = new Paths();
        for (PublicMethod method : contracts.methods()) {
            String path = Operations.path(method.path());
            PathItem item = paths.computeIfAbsent(path, key -> new PathItem());
            item.operation(PathItem.HttpMethod.valueOf(method.verb().name()), operations.of(method));
        }
        return paths;
    }

    private static Components components(Schemas schemas) {
        Components components = new Components();
        schemas.components().forEach(components::addSchemas);
        components.addSchemas("Problem", Problems.schema());
        components.addSecuritySchemes(
                "session",
                new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("exaone_session")
                        .description("The console's session."));
        components.addSecuritySchemes(
                "bearer",
                new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("An access token of the realm `exaone`, or an API key with a fitting scope."));
        return components;
    }

    private static Tag tag(ServiceDescriptor service, Contracts contracts) {
        return new Tag()
                .name(Operations.tag(service))
                .description(contracts.comments().of(service));
    }

    /** The messages that callers send in bodies, with all that they contain. */
    private static Set<Descriptor> sent(Contracts contracts) {
        Set<Descriptor> sent = new HashSet<>();
        for (PublicMethod method : contracts.methods()) {
            switch (method.body()) {
                case PublicMethod.Body.None() -> {}
                case PublicMethod.Body.Whole() -> collect(method.descriptor().getInputType(), sent);
                case PublicMethod.Body.Field(FieldDescriptor field) -> collect(field.getMessageType(), sent);
            }
        }
        return sent;
    }

    private static void collect(Descriptor message, Set<Descriptor> found) {
        if (!message.getFullName().startsWith(OWN_PACKAGE) || !found.add(message)) {
            return;
        }
        message.getFields().stream()
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .forEach(field -> collect(field.getMessageType(), found));
    }
}

package ai.exaone.rpc.contract;

import ai.exaone.proto.access.v1.Access;
import ai.exaone.proto.access.v1.AccessRule;
import build.buf.validate.ValidateProto;
import com.google.api.AnnotationsProto;
import com.google.api.FieldBehaviorProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The public contracts of the platform: every RPC that has a route, in the order of the proto files. */
public final class Contracts {
    private static final String RESOURCE = "/exaone/descriptors.binpb";
    private static final String OWN_PACKAGE = "exaone.";

    private final List<PublicMethod> methods;
    private final Comments comments;

    private Contracts(List<PublicMethod> methods, Comments comments) {
        this.methods = List.copyOf(methods);
        this.comments = comments;
    }

    /** Reads the contracts that the proto module ships. */
    public static Contracts load() {
        List<PublicMethod> methods = new ArrayList<>();
        Comments comments = new Comments();
        for (FileDescriptor file : files()) {
            comments.read(file);
            file.getServices()
                    .forEach(service -> service.getMethods().stream()
                            .flatMap(method -> publicMethod(method).stream())
                            .forEach(methods::add));
        }
        return new Contracts(methods, comments);
    }

    /** Every RPC that has a route. */
    public List<PublicMethod> methods() {
        return methods;
    }

    /** What the protos say in words. */
    public Comments comments() {
        return comments;
    }

    private static Optional<PublicMethod> publicMethod(MethodDescriptor method) {
        HttpRule rule = method.getOptions().getExtension(AnnotationsProto.http);
        AccessRule access = method.getOptions().getExtension(Access.rule);
        Optional<String> permission = Optional.of(access.getPermission()).filter(text -> !text.isEmpty());
        return switch (rule.getPatternCase()) {
            case GET -> Optional.of(of(method, Verb.GET, rule.getGet(), rule, permission));
            case POST -> Optional.of(of(method, Verb.POST, rule.getPost(), rule, permission));
            case PUT -> Optional.of(of(method, Verb.PUT, rule.getPut(), rule, permission));
            case PATCH -> Optional.of(of(method, Verb.PATCH, rule.getPatch(), rule, permission));
            case DELETE -> Optional.of(of(method, Verb.DELETE, rule.getDelete(), rule, permission));
            case PATTERN_NOT_SET -> Optional.empty();
            case CUSTOM -> throw new IllegalStateException(method.getFullName() + " has a route of a custom kind");
        };
    }

    private static PublicMethod of(
            MethodDescriptor method, Verb verb, String path, HttpRule rule, Optional<String> permission) {
        return new PublicMethod(method, verb, PathTemplate.parse(path), body(method, rule.getBody()), permission);
    }

    private static PublicMethod.Body body(MethodDescriptor method, String body) {
        return switch (body) {
            case "" -> new PublicMethod.Body.None();
            case "*" -> new PublicMethod.Body.Whole();
            default -> new PublicMethod.Body.Field(method.getInputType().findFieldByName(body));
        };
    }

    private static List<FileDescriptor> files() {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        extensions.add(Access.rule);
        extensions.add(AnnotationsProto.http);
        extensions.add(FieldBehaviorProto.fieldBehavior);
        extensions.add(ValidateProto.field);
        Map<String, FileDescriptor> built = new HashMap<>();
        List<FileDescriptor> own = new ArrayList<>();
        try (InputStream descriptors = Contracts.class.getResourceAsStream(RESOURCE)) {
            if (descriptors == null) {
                throw new IllegalStateException("The proto module ships no " + RESOURCE);
            }
            for (FileDescriptorProto file :
                    FileDescriptorSet.parseFrom(descriptors, extensions).getFileList()) {
                FileDescriptor[] imports =
                        file.getDependencyList().stream().map(built::get).toArray(FileDescriptor[]::new);
                FileDescriptor descriptor = FileDescriptor.buildFrom(file, imports);
                built.put(file.getName(), descriptor);
                if (descriptor.getPackage().startsWith(OWN_PACKAGE)) {
                    own.add(descriptor);
                }
            }
        } catch (IOException | DescriptorValidationException broken) {
            throw new IllegalStateException("The descriptors cannot be read", broken);
        }
        return own;
    }
}

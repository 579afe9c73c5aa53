package ai.exaone.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.proto.access.v1.Access;
import ai.exaone.proto.access.v1.AccessRule;
import ai.exaone.proto.access.v1.Scope;
import build.buf.validate.ValidateProto;
import com.google.api.AnnotationsProto;
import com.google.api.HttpBody;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every RPC of the platform, read from the descriptors. A new RPC that breaks a rule fails here. */
class ContractsTest {
    private static final List<MethodDescriptor> METHODS = methods();

    static Stream<MethodDescriptor> all() {
        return METHODS.stream();
    }

    static Stream<MethodDescriptor> publicOnes() {
        return METHODS.stream().filter(method -> !internal(method));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRpcHasAnAccessRule(MethodDescriptor method) {
        AccessRule rule = rule(method);
        assertThat(rule.getCallerCase()).isNotEqualTo(AccessRule.CallerCase.CALLER_NOT_SET);
        switch (rule.getCallerCase()) {
            case PERMISSION -> {
                assertThat(rule.getPermission()).matches("(platform\\.)?[a-z]+\\.[a-z]+");
                assertThat(rule.getScope()).isIn(Scope.SCOPE_TENANT, Scope.SCOPE_PLATFORM);
                assertThat(rule.getPermission().startsWith("platform."))
                        .isEqualTo(rule.getScope() == Scope.SCOPE_PLATFORM);
            }
            case SERVICES ->
                assertThat(rule.getServices().getNamesList())
                        .isNotEmpty()
                        .allMatch(name -> ServiceName.ofWireName(name).isPresent());
            case AUTHENTICATED -> assertThat(rule.getScope()).isEqualTo(Scope.SCOPE_UNSPECIFIED);
            case CALLER_NOT_SET -> throw new AssertionError(method.getFullName());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void internalRpcsAreNeverOnHttpAndPublicOnesAlways(MethodDescriptor method) {
        assertThat(http(method).getPatternCase() == HttpRule.PatternCase.PATTERN_NOT_SET)
                .isEqualTo(internal(method));
        assertThat(rule(method).getCallerCase() == AccessRule.CallerCase.SERVICES)
                .isEqualTo(internal(method));
    }

    @ParameterizedTest
    @MethodSource("publicOnes")
    void tenantScopeIsDecidedByTheFirstField(MethodDescriptor method) {
        if (rule(method).getScope() == Scope.SCOPE_TENANT) {
            FieldDescriptor first = method.getInputType().findFieldByNumber(1);
            assertThat(first.getName()).isEqualTo("tenant_id");
            assertThat(path(http(method))).contains("{tenant_id}");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFieldOfARequestIsBounded(MethodDescriptor method) {
        assertThat(unbounded(method.getInputType())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("publicOnes")
    void listsArePaged(MethodDescriptor method) {
        if (method.getName().startsWith("List")) {
            assertThat(method.getInputType().findFieldByName("page_size")).isNotNull();
            assertThat(method.getInputType().findFieldByName("page_token")).isNotNull();
            assertThat(method.getOutputType().findFieldByName("next_page_token"))
                    .isNotNull();
        }
    }

    /** A file is its bytes: it has no message of its own around it. */
    @ParameterizedTest
    @MethodSource("publicOnes")
    void everyRpcHasMessagesOfItsOwn(MethodDescriptor method) {
        assertThat(method.getInputType().getName()).isEqualTo(method.getName() + "Request");
        boolean file = method.getOutputType()
                .getFullName()
                .equals(HttpBody.getDescriptor().getFullName());
        assertThat(file || method.getOutputType().getName().equals(method.getName() + "Response"))
                .as(
                        "%s answers with %s",
                        method.getName(), method.getOutputType().getName())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("publicOnes")
    void watchesCanBeResumed(MethodDescriptor method) {
        if (method.isServerStreaming()) {
            assertThat(method.getInputType().findFieldByName("after_sequence")).isNotNull();
            assertThat(method.getOutputType().findFieldByName("sequence")).isNotNull();
        }
    }

    /** Texts, bytes and lists that a caller fills without a rule of length. Flags, numbers, times and masks are bounded by type. */
    private static List<String> unbounded(Descriptor request) {
        List<String> found = new ArrayList<>();
        for (FieldDescriptor field : request.getFields()) {
            boolean ruled = field.getOptions().hasExtension(ValidateProto.field);
            boolean open = field.isRepeated()
                    || field.getJavaType() == FieldDescriptor.JavaType.STRING
                    || field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING;
            if (open && !ruled) {
                found.add(field.getFullName());
            }
        }
        return found;
    }

    private static boolean internal(MethodDescriptor method) {
        return method.getFile().getPackage().contains(".internal.");
    }

    private static AccessRule rule(MethodDescriptor method) {
        return method.getOptions().getExtension(Access.rule);
    }

    private static HttpRule http(MethodDescriptor method) {
        return method.getOptions().getExtension(AnnotationsProto.http);
    }

    private static String path(HttpRule rule) {
        return rule.getGet() + rule.getPost() + rule.getPut() + rule.getPatch() + rule.getDelete();
    }

    private static List<MethodDescriptor> methods() {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        extensions.add(Access.rule);
        extensions.add(AnnotationsProto.http);
        extensions.add(ValidateProto.field);
        try (InputStream descriptors =
                Objects.requireNonNull(ContractsTest.class.getResourceAsStream("/exaone/descriptors.binpb"))) {
            Map<String, FileDescriptor> files = new HashMap<>();
            List<MethodDescriptor> methods = new ArrayList<>();
            for (var file : FileDescriptorSet.parseFrom(descriptors, extensions).getFileList()) {
                FileDescriptor[] imports =
                        file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
                FileDescriptor built = FileDescriptor.buildFrom(file, imports);
                files.put(file.getName(), built);
                if (built.getPackage().startsWith("exaone.")) {
                    built.getServices().forEach(service -> methods.addAll(service.getMethods()));
                }
            }
            return methods;
        } catch (IOException | DescriptorValidationException broken) {
            throw new IllegalStateException(broken);
        }
    }
}

package ai.exaone.cli.resource;

import ai.exaone.cli.Surroundings;
import ai.exaone.cli.output.EnumNames;
import ai.exaone.rpc.contract.Comments;
import ai.exaone.rpc.contract.PublicMethod;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command of one RPC. */
final class ResourceCommand implements Callable<Integer> {
    private static final String JSON_OPTION = "--json";
    private static final String TENANT = "tenant_id";
    private static final String PROJECT = "project_id";

    private final PublicMethod method;
    private final Surroundings surroundings;
    private final List<Argument> arguments;
    private final CommandSpec spec;

    ResourceCommand(PublicMethod method, Surroundings surroundings, Comments comments) {
        this.method = method;
        this.surroundings = surroundings;
        this.arguments = Arguments.of(method);
        this.spec = CommandSpec.wrapWithoutInspection(this);
        describe(comments);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<Argument, List<String>> typed = new LinkedHashMap<>();
        for (Argument argument : arguments) {
            List<String> values = typed(argument, parsed);
            if (!values.isEmpty()) {
                typed.put(argument, values);
            }
        }
        new ResourceCall(method, typed, surroundings, parsed.hasMatchedOption(JSON_OPTION)).run();
        surroundings.out().flush();
        return CommandLine.ExitCode.OK;
    }

    private List<String> typed(Argument argument, ParseResult parsed) {
        return switch (argument.place()) {
            case TARGET -> List.of(parsed.matchedPositionalValue(0, ""));
            case SECRET -> List.of(SecretInput.read(argument.field().getJsonName()));
            case PARENT, QUERY, BODY ->
                isOnEveryCommand(argument) ? surrounding(argument, parsed) : option(argument, parsed);
        };
    }

    /** The tenant and the project of a path are always there; elsewhere they narrow, and only where they are given. */
    private List<String> surrounding(Argument argument, ParseResult parsed) {
        boolean needed = argument.place() == Argument.Place.PARENT;
        if (!needed && !parsed.hasMatchedOption(Naming.option(argument.field()))) {
            return List.of();
        }
        boolean tenant = argument.field().getName().equals(TENANT);
        return List.of(tenant ? surroundings.tenantId() : surroundings.projectId());
    }

    private static List<String> option(Argument argument, ParseResult parsed) {
        String name = Naming.option(argument.field());
        return parsed.hasMatchedOption(name)
                ? List.copyOf(parsed.matchedOption(name).originalStringValues())
                : List.of();
    }

    private void describe(Comments comments) {
        spec.name(Naming.verb(method.descriptor()));
        spec.usageMessage().description(comments.of(method.descriptor()));
        addSurroundings();
        arguments.stream().filter(argument -> !isOnEveryCommand(argument)).forEach(argument -> add(argument, comments));
        spec.addOption(OptionSpec.builder(JSON_OPTION)
                .type(boolean.class)
                .description("Print the answer as JSON.")
                .build());
    }

    /** Where and as whom; of which tenant and project only where the call is about one. */
    private void addSurroundings() {
        spec.addMixin("surroundings", CommandSpec.forAnnotatedObject(surroundings));
        boolean project = has(PROJECT);
        if (!project) {
            spec.remove(spec.findOption("--project"));
        }
        if (!project && !has(TENANT)) {
            spec.remove(spec.findOption("--tenant"));
        }
    }

    private boolean has(String name) {
        return arguments.stream()
                .anyMatch(argument ->
                        isOnEveryCommand(argument) && argument.field().getName().equals(name));
    }

    private void add(Argument argument, Comments comments) {
        FieldDescriptor field = argument.field();
        String description = comments.of(field) + choices(field);
        switch (argument.place()) {
            case TARGET ->
                spec.addPositional(PositionalParamSpec.builder()
                        .paramLabel(Naming.parameter(field))
                        .type(String.class)
                        .arity("1")
                        .description(description)
                        .build());
            case PARENT, QUERY, BODY ->
                spec.addOption(OptionSpec.builder(Naming.option(field))
                        .paramLabel(Naming.parameter(field))
                        .type(field.isRepeated() ? List.class : String.class)
                        .auxiliaryTypes(String.class)
                        .required(argument.place() == Argument.Place.PARENT || isRequired(argument))
                        .splitRegex(isListOfWords(field) ? "," : "")
                        .description(description)
                        .build());
            case SECRET ->
                spec.usageMessage()
                        .footer("The " + field.getJsonName() + " is asked for, or read from standard input.");
        }
    }

    /** Objects have commas of their own: there the option is given once for each. */
    private static boolean isListOfWords(FieldDescriptor field) {
        return field.isRepeated() && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE;
    }

    /** Whether the platform refuses a call without it. */
    private static boolean isRequired(Argument argument) {
        return argument.place() == Argument.Place.QUERY
                && argument.field()
                        .getOptions()
                        .getExtension(ValidateProto.field)
                        .getRequired();
    }

    /** Tenant and project stand on every command already. */
    private static boolean isOnEveryCommand(Argument argument) {
        String name = argument.field().getName();
        return argument.place() != Argument.Place.TARGET && (name.equals(TENANT) || name.equals(PROJECT));
    }

    private static String choices(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.ENUM
                ? " One of: " + String.join(", ", EnumNames.all(field.getEnumType())) + "."
                : "";
    }
}

package ai.exaone.cli.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.Locale;
import java.util.Set;

/** The names of commands and options, from those of the contracts. */
final class Naming {
    /** Options that mean something else: who acts, where, and how the answer is printed. */
    private static final Set<String> ON_EVERY_COMMAND = Set.of("url", "key", "json", "help", "version");

    private Naming() {}

    /** {@code api-key} for {@code ApiKeyService}. */
    static String group(ServiceDescriptor service) {
        return kebab(noun(service));
    }

    /**
     * {@code create} for {@code ApiKeyService.CreateApiKey}; {@code create-invitation} for {@code MemberService.CreateInvitation};
     * {@code list-records} for {@code UsageService.ListUsageRecords}.
     */
    static String verb(MethodDescriptor method) {
        String noun = noun(method.getService());
        String name = method.getName();
        for (String ending : new String[] {noun, noun + "s"}) {
            if (name.endsWith(ending) && name.length() > ending.length()) {
                return kebab(name.substring(0, name.length() - ending.length()));
            }
        }
        return kebab(name.replaceFirst("(?<=[a-z])" + noun + "(?=[A-Z])", ""));
    }

    /** {@code --display-name} for {@code display_name}; {@code --project} for {@code project_id}. */
    static String option(FieldDescriptor field) {
        return "--" + label(field);
    }

    /** {@code PROJECT} for {@code project_id}. */
    static String parameter(FieldDescriptor field) {
        return label(field).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String label(FieldDescriptor field) {
        String whole = field.getName().replace('_', '-');
        String label = whole.replaceFirst("-id$", "");
        return ON_EVERY_COMMAND.contains(label) ? whole : label;
    }

    private static String noun(ServiceDescriptor service) {
        return service.getName().replaceFirst("Service$", "");
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}

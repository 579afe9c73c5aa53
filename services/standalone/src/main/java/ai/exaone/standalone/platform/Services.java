package ai.exaone.standalone.platform;

import ai.exaone.rpc.ServiceName;
import ai.exaone.standalone.home.Secret;
import ai.exaone.standalone.settings.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the supervisor has of each of the {@link ServiceName services}, by their wire names. */
final class Services {
    static final String GATEWAY = ServiceName.GATEWAY.wireName();

    /** All of them, in the order in which they start. */
    static final List<String> NAMES =
            Arrays.stream(ServiceName.values()).map(ServiceName::wireName).toList();

    private Services() {}

    /** Those that run by these settings, in order. */
    static List<String> run(Settings settings) {
        return NAMES.stream()
                .filter(name -> settings.without().stream()
                        .noneMatch(part -> part.partName().equals(name)))
                .toList();
    }

    /** The class whose main runs the service alone. */
    static String mainClass(String service) {
        return "ai.exaone." + service + "." + Character.toUpperCase(service.charAt(0)) + service.substring(1)
                + "Application";
    }

    /** The service's database and its user. */
    static String database(String service) {
        return "exaone_" + service;
    }

    static Secret databasePassword(String service) {
        return Secret.valueOf("DATABASE_" + service.toUpperCase(Locale.ROOT));
    }
}

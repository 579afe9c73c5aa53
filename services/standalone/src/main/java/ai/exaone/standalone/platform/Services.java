package ai.exaone.standalone.platform;

import ai.exaone.standalone.home.Secret;
import ai.exaone.standalone.settings.Settings;
import java.util.List;
import java.util.Locale;

/** The platform's services by their wire names, in the order in which they start. */
public final class Services {
    public static final String GATEWAY = "gateway";
    public static final List<String> NAMES = List.of("identity", "quota", "serving", "agents", GATEWAY);

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

package ai.exaone.standalone.platform;

import ai.exaone.servers.mariadb.DatabaseAccount;
import ai.exaone.servers.mariadb.MariaDbServer;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.home.Secret;
import ai.exaone.standalone.home.Secrets;
import ai.exaone.standalone.settings.ChatEngine;
import ai.exaone.standalone.settings.ProcessLayout;
import ai.exaone.standalone.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the services are told, as environment variables: key {@code exaone.rpc.port} is {@code EXAONE_RPC_PORT}. Secrets are told
 * as paths of files.
 */
final class PlatformEnvironment {
    /** Secrets in words, such as a shell has after sourcing {@code credentials.env}: they are for people. */
    private static final Set<String> NOT_HANDED_ON = Set.of(
            "EXAONE_BASE_URL", "EXAONE_API_KEY", "EXAONE_ADMIN_USER", "EXAONE_ADMIN_PASSWORD", "EXAONE_ENGINE_KEY");

    private final Map<String, String> values = new HashMap<>();

    /** @param operators the operator's environment: what it has of ours goes on to the services, unless it is said here */
    PlatformEnvironment(Map<String, String> operators) {
        operators.forEach((name, value) -> {
            if (name.startsWith("EXAONE_") && !NOT_HANDED_ON.contains(name)) {
                values.put(name, value);
            }
        });
        // One malloc arena per few threads instead of per core: much less memory, no slower here.
        values.put("MALLOC_ARENA_MAX", "2");
    }

    PlatformEnvironment home(Home home, Settings settings) {
        put("home", home.root());
        put("secrets-dir", home.secretsFolder());
        put("spool-dir", home.spoolFolder());
        put("run-dir", home.runFolder());
        put("logs-dir", home.logsFolder());
        put("public-url", settings.publicUrl());
        put("bind", settings.bind());
        put("port", settings.port());
        settings.tls().ifPresent(tls -> {
            put("tls.enabled", true);
            put("tls.cert", tls.certificate());
            put("tls.key", tls.key());
        });
        settings.consoleFolder().ifPresent(folder -> put("console-dir", folder));
        if (Files.exists(home.configFile())) {
            values.put("MICRONAUT_CONFIG_FILES", home.configFile().toString());
        }
        return this;
    }

    PlatformEnvironment database(MariaDbServer server, Map<String, DatabaseAccount> accounts, Secrets secrets) {
        accounts.forEach((service, account) -> {
            put("database." + service + ".url", server.jdbcUrl("mysql", account));
            put("database." + service + ".user", account.name());
            put("database." + service + ".password-file", secrets.file(Services.databasePassword(service)));
        });
        return this;
    }

    PlatformEnvironment keycloak(URI internalUrl, Secrets secrets) {
        put("keycloak.internal-url", internalUrl);
        put("keycloak.identity-client-secret-file", secrets.file(Secret.KEYCLOAK_IDENTITY));
        put("keycloak.console-client-secret-file", secrets.file(Secret.KEYCLOAK_CONSOLE));
        return this;
    }

    PlatformEnvironment engines(Settings settings) {
        settings.enginePython().ifPresent(python -> put("serving.python", python));
        switch (settings.chatEngine()) {
            case ChatEngine.Embedded() -> {}
            case ChatEngine.ModelFile(var gguf) -> put("serving.gguf", gguf);
            case ChatEngine.External(var url, var keyFile) -> {
                put("serving.engine-url", url);
                keyFile.ifPresent(file -> put("serving.engine-key-file", file));
            }
        }
        return this;
    }

    PlatformEnvironment calls(Home home, ProcessLayout layout, Map<String, Integer> ports) {
        switch (layout) {
            case ONE_PROCESS -> put("rpc.transport", "in-process");
            case PROCESS_PER_SERVICE -> {
                put("rpc.transport", "mtls");
                put("rpc.certificates-dir", home.certificatesFolder());
                ports.forEach((service, port) -> put("rpc.peers." + service, "127.0.0.1:" + port));
            }
        }
        return this;
    }

    /** The environment of one service's own process. */
    Map<String, String> forService(int rpcPort) {
        var own = new HashMap<>(values);
        own.put("EXAONE_RPC_PORT", Integer.toString(rpcPort));
        return own;
    }

    Map<String, String> values() {
        return Map.copyOf(values);
    }

    private void put(String key, Object value) {
        values.put("EXAONE_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), value.toString());
    }
}

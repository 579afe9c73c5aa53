package ai.exaone.standalone.command;

import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.home.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code up}. Each is also a setting of the same name. */
final class UpOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "The one public port. Default: 8080.")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address of the public port. Default: 127.0.0.1.")
    private @Nullable String bind;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "The installation's address as callers and browsers see it. Default: made of the two above.")
    private @Nullable String publicUrl;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain of the public port, PEM.")
    private @Nullable String tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, PEM.")
    private @Nullable String tlsKey;

    @Option(names = "--processes", description = "Run each service in a process of its own, over mutual TLS.")
    private boolean processes;

    @Option(
            names = "--without",
            paramLabel = "PART,...",
            description = "Leave out what chats with a key do not need: keycloak (nobody can sign in), agents.")
    private @Nullable String without;

    @Option(
            names = "--gguf",
            paramLabel = "FILE",
            description = "Answer chats with this model instead of the small one.")
    private @Nullable String gguf;

    @Option(
            names = "--engine-url",
            paramLabel = "URL",
            description = "Answer chats with this OpenAI-compatible endpoint, every model of it under its own name.")
    private @Nullable String engineUrl;

    @Option(
            names = "--engine-key",
            paramLabel = "KEY",
            description = "Key of that endpoint. In EXAONE_ENGINE_KEY or a file, others on this machine cannot see it.")
    private @Nullable String engineKey;

    @Option(names = "--engine-key-file", paramLabel = "FILE", description = "A file that holds that key instead.")
    private @Nullable String engineKeyFile;

    /** Keeps a key that was given in words as a file of the installation's secrets: from here on only its path is handed on. */
    void keepEngineKey(Home home, Map<String, String> environment) {
        engineKey(environment)
                .ifPresent(
                        key -> engineKeyFile = Secrets.keepEngineKey(home, key).toString());
    }

    /**
     * Has a key that was given in words in a file of this user's for as long as it is looked at.
     *
     * @return the file, for the caller to delete; empty where no key was given in words
     */
    Optional<Path> lendEngineKey(Map<String, String> environment) throws IOException {
        var key = engineKey(environment);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        // The file system gives a temporary file to its owner alone.
        var file = Files.writeString(Files.createTempFile("engine", ".key"), key.get());
        engineKeyFile = file.toString();
        return Optional.of(file);
    }

    private Optional<String> engineKey(Map<String, String> environment) {
        return Optional.ofNullable(engineKey)
                .or(() -> Optional.ofNullable(environment.get("EXAONE_ENGINE_KEY")))
                .filter(key -> !key.isBlank());
    }

    /** The flags given, by setting name. */
    Map<String, String> settings() {
        var given = new LinkedHashMap<String, String>();
        put(given, "port", port);
        put(given, "bind", bind);
        put(given, "public-url", publicUrl);
        put(given, "tls.cert", tlsCertificate);
        put(given, "tls.key", tlsKey);
        put(given, "without", without);
        put(given, "serving.gguf", gguf);
        put(given, "serving.engine-url", engineUrl);
        put(given, "serving.engine-key-file", engineKeyFile);
        put(given, "processes", processes ? "true" : null);
        return given;
    }

    /** The same flags as arguments of another process. */
    List<String> arguments() {
        var arguments = new ArrayList<String>();
        settings().forEach((name, value) -> {
            var flag = "--" + name.replace("serving.", "").replace('.', '-');
            arguments.add(flag.equals("--processes") ? flag : flag + "=" + value);
        });
        return arguments;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}

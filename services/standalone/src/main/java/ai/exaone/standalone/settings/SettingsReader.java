package ai.exaone.standalone.settings;

import ai.exaone.servers.InstallationException;
import ai.exaone.standalone.settings.ChatEngine.Embedded;
import ai.exaone.standalone.settings.ChatEngine.External;
import ai.exaone.standalone.settings.ChatEngine.ModelFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes {@link Settings} of what was given, and names every mistake at once. */
public final class SettingsReader {
    private static final int DEFAULT_PORT = 8080;
    private static final int HIGHEST_PORT = 65_535;
    private static final int DEFAULT_DATABASE_MEBIBYTES = 128;
    private static final int LEAST_DATABASE_MEBIBYTES = 16;
    private static final int MOST_DATABASE_MEBIBYTES = 1 << 20;

    private final SettingsSources sources;
    private final List<String> mistakes = new ArrayList<>();

    private SettingsReader(SettingsSources sources) {
        this.sources = sources;
    }

    /** Throws {@link InstallationException} with all mistakes, one a line. */
    public static Settings read(Path home, SettingsSources sources) {
        return new SettingsReader(sources).read(home);
    }

    private Settings read(Path home) {
        var bind = sources.find("bind").orElse("127.0.0.1");
        var port = number("port", DEFAULT_PORT, 1, HIGHEST_PORT);
        var tls = tls();
        checkAddress(bind);
        var settings = new Settings(
                home,
                bind,
                port,
                publicUrl(bind, port, tls),
                tls,
                layout(),
                chatEngine(),
                without(),
                number(
                        "database.memory-mebibytes",
                        DEFAULT_DATABASE_MEBIBYTES,
                        LEAST_DATABASE_MEBIBYTES,
                        MOST_DATABASE_MEBIBYTES),
                sources.find("platform.java-options").orElse(""),
                existing("serving.python", Files::isExecutable, "is not a program"),
                existing("console.folder", Files::isDirectory, "is not a folder"));
        if (!mistakes.isEmpty()) {
            throw new InstallationException(String.join("\n", mistakes));
        }
        return settings;
    }

    private int number(String name, int byDefault, int least, int most) {
        var text = sources.find(name);
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of range.
        }
        mistakes.add(SettingsSources.describe(name) + " must be a number from " + least + " to " + most + ", not "
                + text.get());
        return byDefault;
    }

    private void checkAddress(String bind) {
        try {
            var address = InetAddress.getByName(bind);
            if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
                mistakes.add(SettingsSources.describe("bind") + ": this machine has no address " + bind);
            }
        } catch (IOException unknown) {
            mistakes.add(SettingsSources.describe("bind") + ": not an address: " + bind);
        }
    }

    private Optional<TlsFiles> tls() {
        var certificate = existing("tls.cert", Files::isReadable, "cannot be read");
        var key = existing("tls.key", Files::isReadable, "cannot be read");
        if (certificate.isPresent() != key.isPresent() && mistakes.isEmpty()) {
            mistakes.add("--tls-cert and --tls-key go together: one of them is missing");
        }
        return certificate.flatMap(file -> key.map(keyFile -> new TlsFiles(file, keyFile)));
    }

    private String publicUrl(String bind, int port, Optional<TlsFiles> tls) {
        var given = sources.find("public-url");
        if (given.isEmpty()) {
            return Settings.scheme(tls) + "://" + Settings.inUrl(reachableName(bind)) + ":" + port;
        }
        var url = given.get().replaceAll("/+$", "");
        var uri = uri("public-url", url);
        if (uri.isPresent() && !uri.get().getRawPath().isEmpty()) {
            mistakes.add(SettingsSources.describe("public-url") + " must not have a path: " + url);
        }
        return url;
    }

    private static String reachableName(String bind) {
        if (!bind.equals("0.0.0.0") && !bind.equals("::")) {
            return bind;
        }
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException nameless) {
            return "127.0.0.1";
        }
    }

    private ProcessLayout layout() {
        return switch (sources.find("processes").orElse("false")) {
            case "true" -> ProcessLayout.PROCESS_PER_SERVICE;
            case "false" -> ProcessLayout.ONE_PROCESS;
            case String other -> {
                mistakes.add(SettingsSources.describe("processes") + " must be true or false, not " + other);
                yield ProcessLayout.ONE_PROCESS;
            }
        };
    }

    private ChatEngine chatEngine() {
        var gguf = existing("serving.gguf", Files::isReadable, "cannot be read");
        var url = sources.find("serving.engine-url").flatMap(text -> uri("serving.engine-url", text));
        var keyFile = existing("serving.engine-key-file", Files::isReadable, "cannot be read");
        if (gguf.isPresent() && url.isPresent()) {
            mistakes.add("--gguf and --engine-url exclude each other: both say what answers chats");
        }
        if (url.isPresent()) {
            return new External(url.get(), keyFile);
        }
        if (keyFile.isPresent()) {
            mistakes.add("--engine-key is for --engine-url, which is missing");
        }
        return gguf.map(file -> (ChatEngine) new ModelFile(file)).orElseGet(Embedded::new);
    }

    private Set<OptionalPart> without() {
        var parts = EnumSet.noneOf(OptionalPart.class);
        for (var name : sources.find("without").orElse("").split(",")) {
            if (!name.isBlank()) {
                OptionalPart.named(name.strip()).ifPresentOrElse(parts::add, () -> mistakes.add(neededAnyway(name)));
            }
        }
        return parts;
    }

    private static String neededAnyway(String name) {
        var possible =
                Arrays.stream(OptionalPart.values()).map(OptionalPart::partName).collect(Collectors.joining(", "));
        return SettingsSources.describe("without") + ": chats can do without " + possible + ", not without " + name;
    }

    private Optional<URI> uri(String name, String text) {
        try {
            var uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (web && bare && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException malformed) {
            // Told below, like an address of another scheme.
        }
        mistakes.add(SettingsSources.describe(name) + " must be an http or https URL without credentials or query, not "
                + text.replaceFirst("//[^/@]*@", "//…@"));
        return Optional.empty();
    }

    private Optional<Path> existing(String name, Predicate<Path> test, String otherwise) {
        var path = sources.find(name).map(text -> Path.of(text).toAbsolutePath().normalize());
        if (path.isPresent() && !test.test(path.get())) {
            mistakes.add(SettingsSources.describe(name) + ": " + path.get() + " " + otherwise);
            return Optional.empty();
        }
        return path;
    }
}

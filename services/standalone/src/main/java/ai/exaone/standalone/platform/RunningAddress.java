package ai.exaone.standalone.platform;

import ai.exaone.standalone.process.RunFolder;
import ai.exaone.standalone.settings.Settings;
import ai.exaone.standalone.settings.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where the platform that runs now is reached: written by its supervisor, for commands that were not given its flags.
 *
 * @param certificate of the public port, if it speaks TLS
 */
public record RunningAddress(String publicUrl, String localUrl, Optional<Path> certificate) {
    private static final String FILE = "address.properties";

    public static RunningAddress of(Settings settings) {
        return new RunningAddress(
                settings.publicUrl(), settings.localUrl(), settings.tls().map(TlsFiles::certificate));
    }

    public static Optional<RunningAddress> read(RunFolder run) {
        var file = run.folder().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Optional.of(new RunningAddress(
                properties.getProperty("publicUrl"),
                properties.getProperty("localUrl"),
                Optional.ofNullable(properties.getProperty("certificate")).map(Path::of)));
    }

    public void write(RunFolder run) {
        var properties = new Properties();
        properties.setProperty("publicUrl", publicUrl);
        properties.setProperty("localUrl", localUrl);
        certificate.ifPresent(file -> properties.setProperty("certificate", file.toString()));
        try (var writer = Files.newBufferedWriter(run.folder().resolve(FILE))) {
            properties.store(writer, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether a chat would be answered now. */
    public boolean answersChats() {
        return new HttpProbe(URI.create(localUrl + "/health"), certificate).answers();
    }
}

package ai.exaone.cli.profile;

import ai.exaone.cli.CliException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The profile's file, readable by its owner alone: {@code $XDG_CONFIG_HOME/exaone/profile.properties}. */
public final class ProfileFile {
    private final Path file;

    public ProfileFile(Path file) {
        this.file = file;
    }

    /** The file of the person who runs this. */
    public static ProfileFile ofUser(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder = configured.isEmpty() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(configured);
        return new ProfileFile(folder.resolve("exaone").resolve("profile.properties"));
    }

    /** What is remembered; nothing when there is no file. */
    public Profile read() {
        Properties values = new Properties();
        try {
            values.load(new StringReader(Files.readString(file)));
        } catch (NoSuchFileException nothingYet) {
            return Profile.EMPTY;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CliException(file + " cannot be read. Remove it and sign in again.", unreadable);
        }
        return new Profile(
                value(values, "base-url"),
                value(values, "refresh-token"),
                value(values, "tenant"),
                value(values, "project"));
    }

    /** Remembers, all or nothing. */
    public void write(Profile profile) {
        StringBuilder text = new StringBuilder();
        append(text, "base-url", profile.baseUrl());
        append(text, "refresh-token", profile.refreshToken());
        append(text, "tenant", profile.tenant());
        append(text, "project", profile.project());
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path written = Files.createTempFile(folder, "profile", ".new", onlyOwner);
            Files.writeString(written, text);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new CliException(file + " cannot be written: " + failure.getMessage(), failure);
        }
    }

    private static Optional<String> value(Properties values, String name) {
        return Optional.ofNullable(values.getProperty(name)).filter(text -> !text.isBlank());
    }

    private static void append(StringBuilder text, String name, Optional<String> value) {
        value.ifPresent(present -> text.append(name)
                .append('=')
                .append(present.replace("\\", "\\\\"))
                .append('\n'));
    }
}

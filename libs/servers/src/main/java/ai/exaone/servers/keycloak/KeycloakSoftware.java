package ai.exaone.servers.keycloak;

import ai.exaone.servers.InstallationException;
import ai.exaone.servers.SoftwareCache;
import ai.exaone.servers.SoftwareVersions;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Keycloak's distribution, unpacked and built (its word for fixing the options that cannot change at run time).
 *
 * @param folder the distribution's own layout; never written to after its preparation
 * @param java the JVM's launcher it was built with and runs on
 */
public record KeycloakSoftware(Path folder, Path java) {
    /** Options that shape the build. A change of them is another folder in the cache. */
    private static final List<String> BUILD_OPTIONS = List.of(
            "--db=mariadb",
            "--http-relative-path=/auth",
            "--health-enabled=true",
            "--metrics-enabled=false",
            "--features-disabled=impersonation,kerberos,par,ciba,docker");

    /** Unpacks and builds into the cache unless it is there already; takes about 20 s of one core and 190 MB. */
    public static KeycloakSoftware prepare(SoftwareCache cache, SoftwareVersions versions, Path java) {
        return new KeycloakSoftware(
                cache.prepare(name(versions), folder -> {
                    unpack(versions.requireKeycloakArchive(), folder);
                    build(folder, java);
                }),
                java);
    }

    public static boolean isPrepared(SoftwareCache cache, SoftwareVersions versions) {
        return cache.contains(name(versions));
    }

    /** The program and the options that every run of Keycloak's main class has. */
    static List<String> program(Path java, Path software, Path home) {
        return List.of(
                java.toString(),
                // C1 alone halves the warm start; sign-in pages do not need more.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms64m",
                "-Xmx384m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Duser.language=en",
                "-Duser.country=US",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-cp",
                software.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    }

    private static String name(SoftwareVersions versions) {
        return "keycloak-" + versions.keycloak() + "-" + Integer.toHexString(BUILD_OPTIONS.hashCode());
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                unpackEntry(zip, entry, folder);
            }
        } catch (ZipException | EOFException damage) {
            throw new InstallationException(
                    "Keycloak's archive " + archive + " is damaged. Delete it and build again.", damage);
        }
    }

    private static void unpackEntry(ZipInputStream zip, ZipEntry entry, Path folder) throws IOException {
        // Every name starts with the distribution's own folder, which ours replaces.
        var name = entry.getName();
        var inside = name.substring(name.indexOf('/') + 1);
        var target = folder.resolve(inside).normalize();
        if (!target.startsWith(folder)) {
            throw new InstallationException("Keycloak's archive holds a path outside of its folder: " + name);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
        if (inside.startsWith("bin/") && inside.endsWith(".sh")) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void build(Path folder, Path java) throws IOException {
        var arguments = new ArrayList<>(program(java, folder, folder));
        arguments.add("build");
        arguments.addAll(BUILD_OPTIONS);
        var log = folder.resolve("build.log");
        var process = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new InstallationException("Keycloak's build failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException interruption) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new InstallationException("Interrupted while building Keycloak", interruption);
        }
    }
}

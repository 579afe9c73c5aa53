package ai.exaone.standalone.doctor;

import ai.exaone.servers.InstallationException;
import ai.exaone.standalone.doctor.Finding.Grade;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.platform.Machine;
import ai.exaone.standalone.process.LoopbackPorts;
import ai.exaone.standalone.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/** What must hold before a start. Call it only while the installation does not run. */
public final class Preflight {
    private static final long FIRST_START_DISK_BYTES = 3L << 30;
    private static final long LATER_START_DISK_BYTES = 1L << 29;
    private static final long MEMORY_BYTES = 3L << 29;

    private Preflight() {}

    /** Throws {@link InstallationException} with all that is wrong, one a line. */
    public static void require(Home home, Settings settings) {
        var wrong = check(home, settings).stream()
                .filter(finding -> finding.grade() == Grade.BAD)
                .map(Finding::detail)
                .collect(Collectors.joining("\n"));
        if (!wrong.isEmpty()) {
            throw new InstallationException(wrong);
        }
    }

    static List<Finding> check(Home home, Settings settings) {
        return List.of(
                port(settings),
                disk(home),
                memory(),
                TlsCheck.files(settings.tls()),
                ChatEngineCheck.weights(settings.chatEngine()));
    }

    static Finding disk(Home home) {
        return disk(home, Machine.freeDiskBytes(home.root()));
    }

    static Finding disk(Home home, long free) {
        var needed = home.hasData() ? LATER_START_DISK_BYTES : FIRST_START_DISK_BYTES;
        var seen = gibibytes(free) + " free at " + home.root();
        return free < needed
                ? Finding.bad(
                        "disk",
                        "Too little disk space: " + seen + ", " + gibibytes(needed)
                                + " are needed. Free some, or name another place in EXAONE_HOME.")
                : Finding.good("disk", seen);
    }

    static Finding memory() {
        return memory(Machine.availableMemoryBytes());
    }

    static Finding memory(long available) {
        var seen = gibibytes(available) + " of memory available";
        return available < MEMORY_BYTES
                ? Finding.bad(
                        "memory",
                        "Too little memory: " + seen + ", " + gibibytes(MEMORY_BYTES)
                                + " are needed. End other programs, or use a larger machine.")
                : Finding.good("memory", seen);
    }

    private static Finding port(Settings settings) {
        try {
            if (LoopbackPorts.isFree(InetAddress.getByName(settings.bind()), settings.port())) {
                return Finding.good("port", settings.bind() + ":" + settings.port() + " is free");
            }
        } catch (UnknownHostException unknown) {
            return Finding.bad("port", "Not an address: " + settings.bind());
        }
        return Finding.bad(
                "port",
                "Port %1$d of %2$s is in use by another program. Choose another with --port, or end that program (ss -ltnp 'sport = :%1$d' names it)."
                        .formatted(settings.port(), settings.bind()));
    }

    private static String gibibytes(long bytes) {
        return "%.1f GiB".formatted(bytes / (double) (1L << 30));
    }
}

package ai.exaone.standalone.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The JVM that runs this process, for processes of ours. */
final class Java {
    private static final int MOST_HEAP_MEBIBYTES = 4096;

    private Java() {}

    static Path launcher() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * The command of a main class of ours, on this process's own class path.
     *
     * @param heapMebibytes the most its heap may grow to
     * @param options the operator's, which win
     */
    static List<String> command(String mainClass, int heapMebibytes, String options) {
        var command = new ArrayList<String>();
        command.add(launcher().toString());
        command.addAll(List.of(
                Runtime.getRuntime().availableProcessors() > 2 ? "-XX:+UseG1GC" : "-XX:+UseSerialGC",
                "-Xmx" + heapMebibytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (!options.contains("-XX:AOT") && Files.isReadable(aotCache())) {
            command.add("-XX:AOTCache=" + aotCache());
        }
        Arrays.stream(options.split(" ")).filter(option -> !option.isBlank()).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }

    /** Classes of this very class path, loaded and linked ahead of time, where the build made such a cache. */
    private static Path aotCache() {
        var firstJar = System.getProperty("java.class.path").split(":", 2)[0];
        return Path.of(firstJar).resolveSibling("platform.aot");
    }

    /** A tenth of the machine's memory, at least {@code least} and at most 4 GiB, in mebibytes. */
    static int heapMebibytes(long machineBytes, int least) {
        long tenth = (machineBytes >> 20) / 10;
        return (int) Math.clamp(tenth, least, MOST_HEAP_MEBIBYTES);
    }
}

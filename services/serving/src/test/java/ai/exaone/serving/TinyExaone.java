package ai.exaone.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models of EXAONE's architectures with random weights, in files of half a megabyte. */
public final class TinyExaone {
    /** Does not think unless told to. */
    public static final String EXAONE4 = "tiny-exaone4";
    /** Thinks unless told not to. */
    public static final String K_EXAONE = "tiny-k-exaone";

    private static final Path SCRIPT =
            Path.of(System.getProperty("exaone.root")).resolve("services/serving/src/test/python/tiny_exaone.py");

    private TinyExaone() {}

    /** Writes them into a folder. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        EnginePython.run(List.of(SCRIPT.toString(), folder.toString()));
    }
}

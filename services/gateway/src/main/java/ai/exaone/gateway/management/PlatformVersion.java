package ai.exaone.gateway.management;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of the platform, as its build wrote it down. */
public final class PlatformVersion {
    private static final String FILE = "version.properties";

    private PlatformVersion() {}

    /** For example {@code 1.4.0}. */
    public static String ofThisBuild() {
        Properties written = new Properties();
        try (InputStream file = PlatformVersion.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the class path");
            }
            written.load(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(FILE + " cannot be read", unreadable);
        }
        return written.getProperty("version");
    }
}

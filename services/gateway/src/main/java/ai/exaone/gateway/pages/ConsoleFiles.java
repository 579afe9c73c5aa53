package ai.exaone.gateway.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The console's built files. A path that names no file and has no extension is a page of the console itself, which {@code index.html}
 * shows. Files are kept in memory and read again when they change on disk. Thread-safe.
 */
public final class ConsoleFiles {
    private static final String INDEX = "index.html";
    private static final String LASTING_FOLDER = "assets/";
    /** Neither empty nor beginning with a dot, and nothing that means something to a file system. */
    private static final Pattern SEGMENT = Pattern.compile("[^./\\\\\\x00][^/\\\\\\x00]*");

    private final Path folder;
    private final Map<Path, Kept> kept = new ConcurrentHashMap<>();

    /**
     * @param folder with {@code index.html}
     */
    public ConsoleFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    private record Kept(FileTime changed, PageFile file) {}

    /**
     * The file of a path below {@code /console/}.
     *
     * @param rawPath as on the wire
     * @return empty when there is none
     */
    Optional<PageFile> find(String rawPath) {
        Optional<String> path = plain(rawPath);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Optional<PageFile> file = path.get().isEmpty() ? Optional.empty() : read(path.get());
        boolean page = !path.get().substring(path.get().lastIndexOf('/') + 1).contains(".");
        return file.isPresent() || !page ? file : read(INDEX);
    }

    private static Optional<String> plain(String rawPath) {
        String path;
        try {
            path = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        String withoutEnd = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (withoutEnd.isEmpty()) {
            return Optional.of("");
        }
        for (String segment : withoutEnd.split("/", -1)) {
            if (!SEGMENT.matcher(segment).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(withoutEnd);
    }

    private Optional<PageFile> read(String path) {
        Path file = folder.resolve(path);
        try {
            if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder.toRealPath())) {
                return Optional.empty();
            }
            FileTime changed = Files.getLastModifiedTime(file);
            Kept known = kept.get(file);
            if (known != null && known.changed().equals(changed)) {
                return Optional.of(known.file());
            }
            PageFile fresh = PageFile.of(path, Files.readAllBytes(file), path.startsWith(LASTING_FOLDER));
            kept.put(file, new Kept(changed, fresh));
            return Optional.of(fresh);
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The console's file cannot be read: " + file, unreadable);
        }
    }
}

package ai.exaone.gateway.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The files of the reference: Swagger UI's, and our page around them. Each is read at its first use. Thread-safe. */
public final class ReferenceFiles {
    static final String PAGE = "reference.html";

    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/" + "5.27.1" + "/";
    private static final Map<String, String> RESOURCES = Map.of(
            PAGE,
            PAGE,
            "reference.js",
            "reference.js",
            "swagger-ui.css",
            SWAGGER_UI + "swagger-ui.css",
            "swagger-ui-bundle.js",
            SWAGGER_UI + "swagger-ui-bundle.js");
    private static final String DOCUMENT = "openapi.json";

    private final Supplier<String> document;
    private final Map<String, PageFile> read = new ConcurrentHashMap<>();

    /**
     * @param document makes the management API's OpenAPI document
     */
    public ReferenceFiles(Supplier<String> document) {
        this.document = document;
    }

    /** The management API's document. */
    PageFile document() {
        return read.computeIfAbsent(
                DOCUMENT, name -> PageFile.of(name, document.get().getBytes(StandardCharsets.UTF_8), false));
    }

    /** A file of the reference's page. */
    Optional<PageFile> find(String name) {
        String resource = RESOURCES.get(name);
        return resource == null
                ? Optional.empty()
                : Optional.of(read.computeIfAbsent(name, key -> PageFile.of(key, content(resource), false)));
    }

    private static byte[] content(String resource) {
        try (InputStream stream = ReferenceFiles.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is missing from the class path");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource + " cannot be read", unreadable);
        }
    }
}

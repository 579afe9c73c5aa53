package ai.exaone.gateway.pages;

import ai.exaone.store.crypto.Sha256;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * A file as browsers get it.
 *
 * @param content shared: not to be changed
 * @param entityTag strong: the content's digest, in quotes
 * @param lasting whether its name changes with its content, so that a browser need never ask again
 */
record PageFile(byte[] content, String mediaType, String entityTag, boolean lasting) {
    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("woff", "font/woff"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json"));

    /** A file of that name. */
    static PageFile of(String name, byte[] content, boolean lasting) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return new PageFile(content, MEDIA_TYPES.getOrDefault(extension, UNKNOWN), entityTag(content), lasting);
    }

    private static String entityTag(byte[] content) {
        return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.digest(content)) + "\"";
    }
}

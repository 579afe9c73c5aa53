package ai.exaone.gateway.files;

import ai.exaone.errors.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a form of type {@code multipart/form-data} (RFC 7578) part by part, as it comes in, and keeps no part of it whole. Blocks. For
 * one thread.
 */
final class FormReader {
    /** One part of a form. Its content is to be read before the next part is asked for; what is not read is passed over. */
    record Part(String name, Optional<String> filename, InputStream content) {}

    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_HEADERS = 8 * 1024;
    private static final int MOST_PARTS = 20;
    private static final Pattern TYPE = Pattern.compile(
            "(?i)multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i);\\s*(name|filename)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

    private final InputStream in;
    /** What stands before each part and after the last. */
    private final byte[] delimiter;

    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private boolean inPart;
    private boolean over;
    private int parts;
    private long left;

    /**
     * @param contentType of the request
     * @param longest bytes of the whole form
     * @throws PlatformException FORM_MALFORMED where it is no form
     */
    FormReader(InputStream in, String contentType, long longest) {
        Matcher type = TYPE.matcher(contentType);
        if (!type.matches()) {
            throw malformed("A file is uploaded as multipart/form-data.");
        }
        String boundary = type.group(1) == null ? type.group(2) : type.group(1);
        this.in = in;
        this.left = longest;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
        // The first boundary begins no new line where nothing stands before it.
        buffer[0] = '\r';
        buffer[1] = '\n';
        this.end = 2;
        this.inPart = true;
    }

    /**
     * The next part.
     *
     * @return empty after the last
     * @throws PlatformException FORM_MALFORMED
     */
    Optional<Part> next() throws IOException {
        if (over) {
            return Optional.empty();
        }
        skipContent();
        start += delimiter.length;
        String rest = line();
        if (rest.startsWith("--")) {
            over = true;
            return Optional.empty();
        }
        if (!rest.isBlank() || ++parts > MOST_PARTS) {
            throw malformed("The form cannot be read.");
        }
        Map<String, String> names = disposition();
        String name = names.get("name");
        if (name == null) {
            throw malformed("A part of the form has no name.");
        }
        inPart = true;
        return Optional.of(new Part(name, Optional.ofNullable(names.get("filename")), new Content()));
    }

    private void skipContent() throws IOException {
        while (inPart) {
            int count = available();
            start += count;
            inPart = count > 0;
        }
    }

    private Map<String, String> disposition() throws IOException {
        Map<String, String> names = new HashMap<>();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            length += line.length();
            if (length > LONGEST_HEADERS) {
                throw malformed("The head of a part of the form is too long.");
            }
            if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                PARAMETER.matcher(line).results().forEach(found -> {
                    String quoted = found.group(2);
                    names.put(
                            found.group(1).toLowerCase(Locale.ROOT),
                            quoted == null ? found.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
                });
            }
        }
        return names;
    }

    /** One line of a head, without its end. */
    private String line() throws IOException {
        for (int at = start; ; at++) {
            while (at + 1 >= end) {
                int behind = at - start;
                if (behind > LONGEST_HEADERS || !fill()) {
                    throw malformed("The form ends early, or a line of it is too long.");
                }
                at = start + behind;
            }
            if (buffer[at] == '\r' && buffer[at + 1] == '\n') {
                String line = new String(buffer, start, at - start, StandardCharsets.UTF_8);
                start = at + 2;
                return line;
            }
        }
    }

    /**
     * How many bytes from the start on are the part's for certain; they are made available if need be.
     *
     * @return 0 where the part ends here, with the delimiter
     */
    private int available() throws IOException {
        while (true) {
            int scanned = 0;
            for (int at = start; at + delimiter.length <= end; at++) {
                if (isDelimiter(at)) {
                    return at - start;
                }
                scanned++;
            }
            if (scanned > 0) {
                return scanned;
            }
            if (!fill()) {
                throw malformed("The form ends early.");
            }
        }
    }

    private boolean isDelimiter(int at) {
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads more behind what is there; false at the end of the input. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int count = in.read(buffer, end, buffer.length - end);
        if (count <= 0) {
            return false;
        }
        end += count;
        left -= count;
        if (left < 0) {
            throw malformed("The form is too long.");
        }
        return true;
    }

    static PlatformException malformed(String why) {
        return new PlatformException(FileError.FORM_MALFORMED, why);
    }

    private final class Content extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (!inPart) {
                return -1;
            }
            if (length == 0) {
                return 0;
            }
            int count = Math.min(length, FormReader.this.available());
            if (count == 0) {
                inPart = false;
                return -1;
            }
            System.arraycopy(buffer, start, bytes, offset, count);
            start += count;
            return count;
        }
    }
}

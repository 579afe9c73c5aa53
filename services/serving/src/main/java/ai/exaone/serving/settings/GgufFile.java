package ai.exaone.serving.settings;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file of weights says of itself in its header, as GGUF's specification (versions 2 and 3) lays it out.
 *
 * @param title empty where it says none
 * @param licence empty where it says none
 * @param contextTokens that the model was made for; 0 where it says none
 */
public record GgufFile(Optional<String> title, Optional<String> licence, int contextTokens) {
    private static final int MAGIC = 0x46554747;
    private static final int FIRST_VERSION = 2;
    private static final long MOST_ENTRIES = 10_000;
    private static final long LONGEST_TEXT = 16L * 1024 * 1024;
    private static final long MOST_TENSORS = 1_000_000;
    private static final long MOST_DIMENSIONS = 8;
    private static final long DEFAULT_ALIGNMENT = 32;
    private static final int UINT32 = 4;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /**
     * Reads the header, and looks whether the weights are there.
     *
     * @throws IOException if it cannot be read, is none or is cut off; the message says which
     */
    public static GgufFile read(Path file) throws IOException {
        try (var input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new Header(input).read(Files.size(file));
        } catch (EOFException cut) {
            throw new IOException("Not a whole GGUF file: it ends in the middle of its header", cut);
        }
    }

    private static final class Header {
        private final InputStream input;
        private Optional<String> title = Optional.empty();
        private Optional<String> licence = Optional.empty();
        private long contextTokens;
        private long alignment = DEFAULT_ALIGNMENT;
        private long position;

        Header(InputStream input) {
            this.input = input;
        }

        GgufFile read(long fileBytes) throws IOException {
            if (fileBytes < Integer.BYTES || number(Integer.BYTES) != MAGIC) {
                throw new IOException("Not a GGUF file");
            }
            long version = number(Integer.BYTES);
            if (version < FIRST_VERSION) {
                throw new IOException("A GGUF file of version " + version + ", which is too old");
            }
            long tensors = number(Long.BYTES);
            long entries = number(Long.BYTES);
            if (entries < 0 || entries > MOST_ENTRIES) {
                throw new IOException("Not a GGUF file: it has " + entries + " entries");
            }
            for (long entry = 0; entry < entries; entry++) {
                readEntry(text(), (int) number(Integer.BYTES));
            }
            requireWeights(tensors, fileBytes);
            return new GgufFile(title, licence, (int) Math.clamp(contextTokens, 0, Integer.MAX_VALUE));
        }

        /** A download that broke off has its header, which stands first, and lacks what stands last. */
        private void requireWeights(long tensors, long fileBytes) throws IOException {
            if (tensors < 0 || tensors > MOST_TENSORS) {
                throw new IOException("Not a GGUF file: it has " + tensors + " tensors");
            }
            long last = 0;
            for (long tensor = 0; tensor < tensors; tensor++) {
                skip(STRING);
                long dimensions = number(Integer.BYTES);
                if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
                    throw new IOException("Not a GGUF file: it has a tensor of " + dimensions + " dimensions");
                }
                skipBytes(dimensions * Long.BYTES + Integer.BYTES);
                last = Math.max(last, number(Long.BYTES));
            }
            long begin = Math.ceilDiv(position, alignment) * alignment;
            if (tensors > 0 && begin + last >= fileBytes) {
                throw new IOException(
                        "Not a whole GGUF file: its weights end before their end, as after a download that broke off");
            }
        }

        private void readEntry(String key, int type) throws IOException {
            if (type == STRING && key.equals("general.name")) {
                title = Optional.of(text());
            } else if (type == STRING && key.equals("general.license")) {
                licence = Optional.of(text());
            } else if (type == UINT32 && key.equals("general.alignment")) {
                alignment = Math.max(1, number(Integer.BYTES));
            } else if (key.endsWith(".context_length") && type != STRING && type != ARRAY) {
                contextTokens = number(width(type));
            } else {
                skip(type);
            }
        }

        private void skip(int type) throws IOException {
            if (type == STRING) {
                skipBytes(textLength());
            } else if (type == ARRAY) {
                int itemType = (int) number(Integer.BYTES);
                long items = number(Long.BYTES);
                if (itemType == STRING || itemType == ARRAY) {
                    for (long item = 0; item < items; item++) {
                        skip(itemType);
                    }
                } else {
                    skipBytes(Math.multiplyExact(items, width(itemType)));
                }
            } else {
                skipBytes(width(type));
            }
        }

        private String text() throws IOException {
            byte[] bytes = input.readNBytes((int) textLength());
            position += bytes.length;
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private long textLength() throws IOException {
            long length = number(Long.BYTES);
            if (length < 0 || length > LONGEST_TEXT) {
                throw new IOException("Not a GGUF file: it has a text of " + length + " bytes");
            }
            return length;
        }

        private long number(int width) throws IOException {
            byte[] bytes = new byte[Long.BYTES];
            if (input.readNBytes(bytes, 0, width) < width) {
                throw new EOFException();
            }
            position += width;
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        }

        private void skipBytes(long count) throws IOException {
            input.skipNBytes(count);
            position += count;
        }

        private static int width(int type) throws IOException {
            return switch (type) {
                case 0, 1, 7 -> Byte.BYTES;
                case 2, 3 -> Short.BYTES;
                case 4, 5, 6 -> Integer.BYTES;
                case 10, 11, 12 -> Long.BYTES;
                default -> throw new IOException("Not a GGUF file: it has a value of kind " + type);
            };
        }
    }
}

package ai.exaone.gateway.metering;

import ai.exaone.proto.quota.v1.UsageRecord;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of one entry: length of what follows the checksum (4), CRC-32C of the length and of what follows (4), kind (1), the
 * record as protobuf. Numbers are big-endian. A frame that is cut anywhere, or changed in any byte, does not read.
 */
final class SpoolFrame {
    /** Longest payload that is written or believed when read. */
    static final int MAXIMUM_PAYLOAD = 64 * 1024;

    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int HEAD_BYTES = LENGTH_BYTES + Integer.BYTES;

    /** Longest frame. */
    static final int MAXIMUM_BYTES = HEAD_BYTES + MAXIMUM_PAYLOAD;

    private static final int MESSAGE_OFFSET = HEAD_BYTES + 1;
    private static final byte BEGUN = 1;
    private static final byte PROGRESSED = 2;
    private static final byte ENDED = 3;
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[MAXIMUM_BYTES];
        }
    };

    private SpoolFrame() {}

    /**
     * An entry with its place.
     *
     * @param length bytes of the whole frame
     */
    record Read(SpoolEntry entry, int length) {}

    /** Writes a record. */
    interface Message {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    /**
     * The frame of an entry.
     *
     * @return the thread's own bytes: they hold until its next frame
     */
    static ByteBuffer write(SpoolEntry.Kind kind, Message message) {
        byte[] frame = SCRATCH.get();
        CodedOutputStream out = CodedOutputStream.newInstance(frame, MESSAGE_OFFSET, frame.length - MESSAGE_OFFSET);
        try {
            message.writeTo(out);
        } catch (IOException tooLong) {
            throw new IllegalArgumentException("The record is longer than the spool takes", tooLong);
        }
        int payload = 1 + out.getTotalBytesWritten();
        ByteBuffer bytes = ByteBuffer.wrap(frame, 0, HEAD_BYTES + payload);
        bytes.putInt(0, payload).put(HEAD_BYTES, byteOf(kind));
        return bytes.putInt(LENGTH_BYTES, checksum(frame, 0, payload));
    }

    static ByteBuffer write(SpoolEntry entry) {
        return write(entry.kind(), entry.usage()::writeTo);
    }

    /**
     * Reads the frame that begins at an offset.
     *
     * @return empty where no whole, unchanged frame begins there
     */
    static Optional<Read> read(byte[] segment, int offset, int limit) {
        int length = length(segment, offset, limit);
        return length == 0 ? Optional.empty() : entry(segment, offset, length).map(entry -> new Read(entry, length));
    }

    /** Bytes of the frame that begins at an offset; 0 where no whole, unchanged frame begins there. */
    static int length(byte[] segment, int offset, int limit) {
        if (limit - offset < HEAD_BYTES) {
            return 0;
        }
        ByteBuffer head = ByteBuffer.wrap(segment, offset, HEAD_BYTES);
        int payload = head.getInt();
        int checksum = head.getInt();
        boolean fits = payload >= 1 && payload <= MAXIMUM_PAYLOAD && payload <= limit - offset - HEAD_BYTES;
        return fits && checksum == checksum(segment, offset, payload) ? HEAD_BYTES + payload : 0;
    }

    /** Whether the frame that begins at an offset, whole and unchanged, is of a call that runs: one that begins or goes on. */
    static boolean isOfRunning(byte[] segment, int offset) {
        byte kind = segment[offset + HEAD_BYTES];
        return kind == BEGUN || kind == PROGRESSED;
    }

    /** The entry of a whole, unchanged frame; empty where it is none that we know. */
    static Optional<SpoolEntry> entry(byte[] segment, int offset, int length) {
        try {
            UsageRecord usage =
                    UsageRecord.parser().parseFrom(segment, offset + MESSAGE_OFFSET, length - MESSAGE_OFFSET);
            return switch (segment[offset + HEAD_BYTES]) {
                case BEGUN -> Optional.of(new SpoolEntry.Begun(usage));
                case PROGRESSED -> Optional.of(new SpoolEntry.Progressed(usage));
                case ENDED -> Optional.of(new SpoolEntry.Ended(usage));
                default -> Optional.empty();
            };
        } catch (InvalidProtocolBufferException notARecord) {
            return Optional.empty();
        }
    }

    /** The call of a whole, unchanged frame that says of its end; empty where it is none. */
    static Optional<DrainedCall> ended(byte[] segment, int offset, int length) {
        if (segment[offset + HEAD_BYTES] != ENDED) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordWire.drained(segment, offset + MESSAGE_OFFSET, length - MESSAGE_OFFSET));
        } catch (IOException notARecord) {
            return Optional.empty();
        }
    }

    private static byte byteOf(SpoolEntry.Kind kind) {
        return switch (kind) {
            case BEGUN -> BEGUN;
            case PROGRESSED -> PROGRESSED;
            case ENDED -> ENDED;
        };
    }

    private static int checksum(byte[] segment, int offset, int payload) {
        CRC32C checksum = new CRC32C();
        checksum.update(segment, offset, LENGTH_BYTES);
        checksum.update(segment, offset + HEAD_BYTES, payload);
        return (int) checksum.getValue();
    }
}

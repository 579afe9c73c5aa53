package ai.exaone.gateway.batches;

import ai.exaone.store.crypto.Sha256;

/**
 * Names of what is done for a line. They follow from what the line is, so that two gateways that call the same line, one after the other
 * stopped in the middle, do it under one name: quota admits it once, and the ledger has it once.
 */
final class LineNames {
    private static final String BATCH = "batch_";
    /** Of 26: those of an id's first 48 bits. */
    private static final int TIME_CHARACTERS = 10;

    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;
    private static final int BITS = 5;
    private static final int VERSION_BYTE = 6;
    private static final int VARIANT_BYTE = 8;

    private LineNames() {}

    /**
     * The request under which a call of a line is metered: another one once an earlier call is known to have brought nothing. As all ids of
     * requests it begins with a time, by which the ledger keeps it: its batch's.
     *
     * @param batchId {@code batch_…}
     */
    static String request(String batchId, BatchLine line) {
        String time = batchId.substring(BATCH.length(), BATCH.length() + TIME_CHARACTERS);
        String name = name(batchId + "/" + line.number() + "/" + line.attempt());
        return "req_" + time + name.substring(TIME_CHARACTERS);
    }

    /** The line's own name in the output. */
    static String result(String batchId, int number) {
        return "batch_req_" + name(batchId + "/" + number);
    }

    /** A UUID of version 8 (RFC 9562), written as all ids are. */
    private static String name(String what) {
        byte[] digest = Sha256.digest(what);
        digest[VERSION_BYTE] = (byte) (digest[VERSION_BYTE] & 0x0f | 0x80);
        digest[VARIANT_BYTE] = (byte) (digest[VARIANT_BYTE] & 0x3f | 0x80);
        long high = number(digest, 0);
        long low = number(digest, Long.BYTES);
        char[] characters = new char[LENGTH];
        for (int position = LENGTH - 1; position >= 0; position--) {
            characters[position] = ALPHABET[(int) (low & (ALPHABET.length - 1))];
            low = (low >>> BITS) | (high << (Long.SIZE - BITS));
            high >>>= BITS;
        }
        return new String(characters);
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            number = number << Byte.SIZE | bytes[i] & 0xff;
        }
        return number;
    }
}

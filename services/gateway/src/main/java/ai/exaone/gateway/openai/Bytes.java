package ai.exaone.gateway.openai;

/** Searches bytes. */
final class Bytes {
    private Bytes() {}

    static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (startsWith(bytes, i, bytes.length, wanted)) {
                return true;
            }
        }
        return false;
    }

    static boolean startsWith(byte[] bytes, int from, int to, byte[] wanted) {
        if (to - from < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}

package ai.exaone.bench.profile;

import java.util.regex.Pattern;

/**
 * A method on a stack.
 *
 * @param type its class with the package, without what Java adds to the names of classes that it makes as it runs
 * @param isNative whether it is none of Java's own code: where it is on top, the thread is in a library of C or in the kernel
 */
record Frame(String type, String method, boolean isNative) {
    /** Ends the names of native methods. */
    static final String NATIVE = ", native";

    /** What ends the names of classes that Java makes as it runs. */
    private static final Pattern ADDRESS = Pattern.compile("[./]0x[0-9a-f]+.*$");

    static Frame of(String type, String method, boolean isNative) {
        return new Frame(ADDRESS.matcher(type).replaceFirst(""), method, isNative);
    }

    /** The class's package. */
    String folder() {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    /** The class without its package, and the method. */
    String shortName() {
        return type.substring(type.lastIndexOf('.') + 1) + "." + marked();
    }

    /** The class with its package, and the method. */
    String label() {
        return type + "." + marked();
    }

    private String marked() {
        return isNative ? method + NATIVE : method;
    }
}

package ai.exaone.identity.id;

import java.util.regex.Pattern;

/** The form that all ids share: a prefix that names the kind of resource, an underscore, 26 characters of base32. */
public final class ResourceId {
    private static final Pattern BASE32 = Pattern.compile("[0-9a-hjkmnp-tv-z]{26}");

    private ResourceId() {}

    /** Whether a text is an id of that kind. */
    public static boolean matches(String prefix, String value) {
        return value.startsWith(prefix + "_")
                && BASE32.matcher(value.substring(prefix.length() + 1)).matches();
    }

    /**
     * The value itself.
     *
     * @throws IllegalArgumentException if it is not an id of that kind
     */
    public static String require(String prefix, String value) {
        if (!matches(prefix, value)) {
            throw new IllegalArgumentException("Not an id of kind " + prefix + ": " + value);
        }
        return value;
    }
}

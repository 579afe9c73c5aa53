package ai.exaone.gateway.signin;

import java.util.regex.Pattern;

/**
 * Where a person goes after signing in: a place of this installation, whatever was asked for.
 *
 * @param path begins with one slash
 */
record ReturnPath(String path) {
    static final ReturnPath CONSOLE = new ReturnPath("/console/");

    private static final int LONGEST = 2048;
    /** A path with query and fragment: no second slash that would name a host, no backslash that browsers take for one. */
    private static final Pattern OWN = Pattern.compile("/(?!/)[!-\\[\\]-~]*");

    /** What was asked for, if it is ours; the console otherwise. */
    static ReturnPath of(String asked) {
        return asked.length() <= LONGEST && OWN.matcher(asked).matches() ? new ReturnPath(asked) : CONSOLE;
    }
}

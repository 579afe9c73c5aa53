package ai.exaone.cli.resource;

import ai.exaone.cli.CliException;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A value that is not to be seen: typed without echo, or piped in. Never an argument, which every process could read. */
final class SecretInput {
    private SecretInput() {}

    static String read(String name) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("%s: ", name);
            if (typed == null) {
                throw new CliException("Nothing was typed.");
            }
            return new String(typed);
        }
        try {
            String piped = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            // `echo value | exaone …` ends with a line break that belongs to echo.
            return piped.replaceFirst("\\R\\z", "");
        } catch (IOException unreadable) {
            throw new CliException("Standard input cannot be read.", unreadable);
        }
    }
}

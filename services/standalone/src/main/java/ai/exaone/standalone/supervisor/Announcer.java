package ai.exaone.standalone.supervisor;

import java.util.function.Consumer;

/** Tells the operator what happens, in lines of text. */
@FunctionalInterface
public interface Announcer extends Consumer<String> {
    void say(String line);

    @Override
    default void accept(String line) {
        say(line);
    }
}

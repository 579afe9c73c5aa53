package ai.exaone.gateway.openai.chat;

import java.util.Optional;

/** A part of what a message says. */
public sealed interface MessagePart {
    /** A text. */
    record Text(String text) implements MessagePart {}

    /**
     * An image.
     *
     * @param url of the scheme {@code data:}
     * @param detail how closely it is to be looked at
     */
    record Image(String url, Optional<String> detail) implements MessagePart {}
}

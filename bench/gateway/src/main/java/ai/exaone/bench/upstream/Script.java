package ai.exaone.bench.upstream;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How one answer goes. Written as words joined by {@code -}, such as {@code chunks64-pace5-cut900}:
 *
 * <ul>
 *   <li>{@code chunksN}: pieces of content in a stream
 *   <li>{@code paceN}: milliseconds between them
 *   <li>{@code firstN}: milliseconds before the first byte
 *   <li>{@code statusN}: an error with this status; 429 and 503 come with {@code retry-after}
 *   <li>{@code cutN}: the connection is closed after N bytes of the answer, its head included
 *   <li>{@code reset}: where it is cut, it is cut with a TCP reset
 *   <li>{@code splitN}: the answer leaves in pieces of N bytes, wherever they fall
 *   <li>{@code hang}: no byte ever comes
 * </ul>
 *
 * @param status of an error; empty for a true answer
 * @param cutAfter bytes; empty for a whole answer
 * @param splitInto bytes; empty where an event is a piece
 */
public record Script(
        int chunks,
        Duration pace,
        Duration first,
        OptionalInt status,
        OptionalLong cutAfter,
        boolean reset,
        OptionalInt splitInto,
        boolean hang) {
    /** A plain answer at once, 64 pieces where it is streamed. */
    public static final Script PLAIN = new Script(
            64,
            Duration.ZERO,
            Duration.ZERO,
            OptionalInt.empty(),
            OptionalLong.empty(),
            false,
            OptionalInt.empty(),
            false);

    private static final Pattern WORD = Pattern.compile("(chunks|pace|first|status|cut|split)(\\d{1,9})|reset|hang");

    public Script {
        if (status.isPresent() && (status.getAsInt() < 400 || status.getAsInt() > 599)) {
            throw new IllegalArgumentException("status is from 400 to 599, not " + status.getAsInt());
        }
        if (splitInto.isPresent() && splitInto.getAsInt() < 1) {
            throw new IllegalArgumentException("split is at least 1");
        }
    }

    /**
     * This script with what the words change.
     *
     * @throws IllegalArgumentException for a word that is none
     */
    public Script with(String words) {
        Script script = this;
        for (String word : words.split("-")) {
            if (!WORD.matcher(word).matches()) {
                throw new IllegalArgumentException("Not a word of a script: " + word);
            }
            script = script.withWord(word);
        }
        return script;
    }

    /** This script with what a model's name says: words that are none are part of the name, as is the first. */
    public Script withModel(String model) {
        String own = model.substring(model.lastIndexOf('/') + 1);
        return Arrays.stream(own.split("-"))
                .skip(1)
                .filter(word -> WORD.matcher(word).matches())
                .reduce(this, Script::withWord, (first, second) -> second);
    }

    private Script withWord(String word) {
        var parts = WORD.matcher(word);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a word of a script: " + word);
        }
        int number = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
        return switch (parts.group(1) == null ? word : parts.group(1)) {
            case "chunks" -> new Script(number, pace, first, status, cutAfter, reset, splitInto, hang);
            case "pace" ->
                new Script(chunks, Duration.ofMillis(number), first, status, cutAfter, reset, splitInto, hang);
            case "first" ->
                new Script(chunks, pace, Duration.ofMillis(number), status, cutAfter, reset, splitInto, hang);
            case "status" -> new Script(chunks, pace, first, OptionalInt.of(number), cutAfter, reset, splitInto, hang);
            case "cut" -> new Script(chunks, pace, first, status, OptionalLong.of(number), reset, splitInto, hang);
            case "split" -> new Script(chunks, pace, first, status, cutAfter, reset, OptionalInt.of(number), hang);
            case "reset" -> new Script(chunks, pace, first, status, cutAfter, true, splitInto, hang);
            case "hang" -> new Script(chunks, pace, first, status, cutAfter, reset, splitInto, true);
            default -> throw new IllegalStateException("A word without a meaning: " + word);
        };
    }
}

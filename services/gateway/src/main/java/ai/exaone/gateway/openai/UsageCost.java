package ai.exaone.gateway.openai;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a call costs, said beside the counts of its usage. */
public final class UsageCost {
    /** In KRW, a plain decimal in a string: exact, however callers read numbers. */
    public static final String NAME = "cost_krw";

    private UsageCost() {}

    /**
     * Says it in an event that counts tokens. What its engine may say of costs are not the caller's, and are not said.
     *
     * @param event as it goes to the caller
     * @param cost empty where nothing is said of it
     * @return the event as it came where there is no place in it to say it
     */
    public static byte[] say(byte[] event, Optional<String> cost) {
        int usage = Usage.start(event, 0, event.length);
        if (usage < 0) {
            return event;
        }
        return members(event, usage)
                .flatMap(counts -> edit(counts, cost))
                .map(edit -> new Splice(event, List.of(edit)).toBytes())
                .orElse(event);
    }

    /** What the JSON of an event says of it. */
    public static Optional<String> of(byte[] data) {
        return JsonValue.ofObject(data).flatMap(said -> said.get("usage")).flatMap(usage -> usage.text(NAME));
    }

    private static Optional<Splice.Edit> edit(JsonMembers counts, Optional<String> cost) {
        Optional<String> value = cost.map(text -> '"' + text + '"');
        Optional<Span> engines = counts.value(NAME);
        if (engines.isPresent()) {
            return Optional.of(Splice.Edit.replace(engines.get(), value.orElse("null")));
        }
        String comma = counts.values().isEmpty() ? "" : ",";
        return value.map(text -> Splice.Edit.insert(counts.object().end() - 1, comma + '"' + NAME + "\":" + text));
    }

    /** The members of the object that begins at an offset; empty where other things lie within it. */
    private static Optional<JsonMembers> members(byte[] event, int start) {
        try (var parser = Json.parser(event, new Span(start, event.length))) {
            parser.nextToken();
            return Optional.of(JsonMembers.read(event, parser, start, (name, value) -> value.skipChildren()));
        } catch (IOException broken) {
            return Optional.empty();
        }
    }
}

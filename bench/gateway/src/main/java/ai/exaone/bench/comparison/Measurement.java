package ai.exaone.bench.comparison;

import ai.exaone.bench.load.Tally;
import ai.exaone.bench.machine.ResourceUse;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * One run of one load at one target.
 *
 * @param phase which load of the kind
 * @param restingBytes memory of the gateway's process before the run
 */
record Measurement(
        Kind kind, String target, Phase phase, Tally tally, double seconds, ResourceUse use, long restingBytes) {
    /** Which load of a kind. */
    enum Phase {
        /** The kind's own. */
        PLAIN(1),
        /** With twice as many callers. */
        DOUBLE(2),
        /** With ten times as many. */
        TENFOLD(10);

        private final int times;

        Phase(int times) {
            this.times = times;
        }

        /** How many times the kind's own callers. */
        int times() {
            return times;
        }
    }

    /** One line with all that was seen, for tables of one's own. */
    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("kind", kind.label());
            json.writeStringField("target", target);
            json.writeNumberField("times", phase.times());
            json.writeNumberField("seconds", seconds);
            json.writeNumberField("completed", tally.completed());
            json.writeNumberField("refused", tally.refused());
            json.writeNumberField("pieces", tally.pieces());
            json.writeNumberField("p50_ms", tally.latency().p50());
            json.writeNumberField("p99_ms", tally.latency().p99());
            json.writeNumberField("max_ms", tally.latency().max());
            json.writeNumberField("first_p50_ms", tally.first().p50());
            json.writeNumberField("gap_p99_ms", tally.gaps().p99());
            json.writeNumberField("resting_bytes", restingBytes);
            json.writeNumberField("other_cores", use.otherCores());
            json.writeObjectFieldStart("cpu_seconds");
            for (Map.Entry<String, Double> group : use.cpuSeconds().entrySet()) {
                json.writeNumberField(group.getKey(), group.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("peak_bytes");
            for (String group : use.residentBytes().keySet()) {
                json.writeNumberField(group, use.peakBytes(group));
            }
            json.writeEndObject();
            json.writeObjectFieldStart("errors");
            for (Map.Entry<String, Long> error : tally.errors().entrySet()) {
                json.writeNumberField(error.getKey(), error.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}

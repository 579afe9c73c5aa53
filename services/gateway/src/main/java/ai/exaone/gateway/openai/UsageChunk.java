package ai.exaone.gateway.openai;

import ai.exaone.gateway.metering.TokenCounts;
import java.util.Optional;

/** Makes the usage chunk of a stream whose engine does not send one. */
public final class UsageChunk {
    private final byte[] firstPart;

    /**
     * @param firstPart JSON of the stream's first event, which names its id, time and model
     */
    public UsageChunk(byte[] firstPart) {
        this.firstPart = firstPart.clone();
    }

    /** The chunk. */
    public byte[] of(TokenCounts tokens) {
        Optional<JsonMembers> first = JsonMembers.of(firstPart);
        return Json.write(json -> {
            json.writeStartObject();
            for (String name : new String[] {"id", "object", "created", "model"}) {
                if (first.flatMap(members -> members.value(name)).isPresent()) {
                    json.writeFieldName(name);
                    json.writeRawValue(first.flatMap(members -> members.value(name))
                            .orElseThrow()
                            .text(firstPart));
                }
            }
            json.writeArrayFieldStart("choices");
            json.writeEndArray();
            json.writeObjectFieldStart("usage");
            json.writeNumberField("prompt_tokens", tokens.input());
            json.writeNumberField("completion_tokens", tokens.output());
            json.writeNumberField("total_tokens", tokens.input() + tokens.output());
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}

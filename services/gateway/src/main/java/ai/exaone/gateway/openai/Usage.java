package ai.exaone.gateway.openai;

import ai.exaone.gateway.metering.TokenCounts;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the engine's count of tokens out of an answer. */
public final class Usage {
    private static final int MOST_DIGITS = 12;
    private static final byte[] NAME = "\"usage\"".getBytes(StandardCharsets.US_ASCII);

    private Usage() {}

    /** The count in a whole answer. */
    public static Optional<TokenCounts> of(byte[] answer) {
        return JsonMembers.of(answer).flatMap(members -> of(answer, members));
    }

    /**
     * The count in a stretch of an answer, without reading the rest of it: the last object that is named {@code usage}. Within a
     * string of JSON the name's quotation marks would be escaped, so that no text can be taken for it.
     */
    public static Optional<TokenCounts> find(byte[] answer, int from, int to) {
        int start = start(answer, from, to);
        return start < 0 ? Optional.empty() : read(answer, start, to);
    }

    /** Where the last object begins that is named {@code usage}; negative where there is none. */
    static int start(byte[] answer, int from, int to) {
        for (int at = to - NAME.length; at >= from; at--) {
            if (answer[at] == '"' && Bytes.startsWith(answer, at, to, NAME)) {
                int colon = skipSpace(answer, at + NAME.length, to);
                int value = colon < to && answer[colon] == ':' ? skipSpace(answer, colon + 1, to) : to;
                if (value < to && answer[value] == '{') {
                    return value;
                }
            }
        }
        return -1;
    }

    /** The count in an object whose members are known. */
    static Optional<TokenCounts> of(byte[] json, JsonMembers members) {
        return members.present(json, "usage")
                .filter(usage -> json[usage.start()] == '{')
                .flatMap(usage -> read(json, usage.start(), usage.end()));
    }

    private static Optional<TokenCounts> read(byte[] json, int from, int to) {
        try (JsonParser parser = Json.parser(json, new Span(from, to))) {
            parser.nextToken();
            Counts counts = new Counts();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == null) {
                    return Optional.empty();
                }
                counts.member(name, value, parser);
            }
            return Optional.of(counts.tokens());
        } catch (IOException cut) {
            return Optional.empty();
        }
    }

    private static final class Counts {
        private long input = -1;
        private long total;
        private long cached;
        private long output;
        private long reasoning;

        /** Where nothing is generated some engines only say the total. */
        TokenCounts tokens() {
            return new TokenCounts(input < 0 ? total : input, cached, output, reasoning, false);
        }

        void member(String name, JsonToken value, JsonParser parser) throws IOException {
            switch (name) {
                case "prompt_tokens" -> input = number(parser);
                case "total_tokens" -> total = number(parser);
                case "completion_tokens" -> output = number(parser);
                case "prompt_tokens_details" -> cached = detail(value, "cached_tokens", parser);
                case "completion_tokens_details" -> reasoning = detail(value, "reasoning_tokens", parser);
                default -> parser.skipChildren();
            }
        }

        private static long detail(JsonToken value, String wanted, JsonParser parser) throws IOException {
            if (value != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return 0;
            }
            long found = 0;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean named = wanted.equals(parser.currentName());
                parser.nextToken();
                if (named) {
                    found = number(parser);
                } else {
                    parser.skipChildren();
                }
            }
            return found;
        }

        private static long number(JsonParser parser) throws IOException {
            boolean count = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getTextLength() <= MOST_DIGITS
                    && parser.getLongValue() >= 0;
            if (!count) {
                parser.skipChildren();
            }
            return count ? parser.getLongValue() : 0;
        }
    }

    private static int skipSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }
}

package ai.exaone.gateway.relay.client;

import io.netty.util.concurrent.FastThreadLocal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the header {@code date}, made once a second by each event loop. */
final class DateHeader {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long SECOND = 1_000;
    private static final FastThreadLocal<DateHeader> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected DateHeader initialValue() {
            return new DateHeader();
        }
    };

    private long second = -1;
    private String text = "";

    private DateHeader() {}

    /** For now. */
    static String now() {
        return OF_LOOP.get().at(System.currentTimeMillis() / SECOND);
    }

    private String at(long now) {
        if (now != second) {
            second = now;
            text = FORMAT.format(Instant.ofEpochSecond(now));
        }
        return text;
    }
}

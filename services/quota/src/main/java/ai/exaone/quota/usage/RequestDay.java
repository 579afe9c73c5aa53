package ai.exaone.quota.usage;

import java.time.Duration;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * The day by UTC on which a request's id was made, which the id tells: its first ten characters are milliseconds since 1970. The ledger lies in weeks by it, so
 * that the id alone leads to where its row is, and one id has one place.
 */
public final class RequestDay {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final Pattern REQUEST_ID = Pattern.compile("req_[" + ALPHABET + "]{26}");
    private static final int PREFIX = "req_".length();
    private static final int TIME_CHARACTERS = 10;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private RequestDay() {}

    /** In days since 1970; 0 for ids of another form. As the migration has it for rows from before. */
    static int of(String requestId) {
        if (!REQUEST_ID.matcher(requestId).matches()) {
            return 0;
        }
        long millis = 0;
        for (int position = PREFIX; position < PREFIX + TIME_CHARACTERS; position++) {
            millis = millis * ALPHABET.length() + ALPHABET.indexOf(requestId.charAt(position));
        }
        return (int) (millis / DAY_MILLIS);
    }

    /** The same of a day. */
    public static int of(LocalDate day) {
        return Math.toIntExact(day.toEpochDay());
    }
}

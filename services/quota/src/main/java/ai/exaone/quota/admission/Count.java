package ai.exaone.quota.admission;

/**
 * What one request counts for at this moment.
 *
 * @param requests 1, from admission on
 * @param slots what it takes of limits on concurrency
 * @param used whether tokens and money are what was used; otherwise what is held
 */
record Count(int requests, int slots, long tokens, long micros, boolean used) {
    static final Count NOTHING = new Count(0, 0, 0, 0, false);

    static Count held(Hold hold) {
        return new Count(1, hold.slots(), hold.tokens(), hold.micros(), false);
    }

    static Count used(long tokens, long micros) {
        return new Count(1, 0, tokens, micros, true);
    }

    Count withSlots(int newSlots) {
        return new Count(requests, newSlots, tokens, micros, used);
    }
}

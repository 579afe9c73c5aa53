package ai.exaone.quota.admission;

import java.time.Instant;
import java.util.Optional;

/**
 * A hold as the database has it.
 *
 * @param usedTokens what it counts for when it is no longer HELD
 * @param usedMicros as {@code usedTokens}
 * @param closedAt empty while HELD
 */
record StoredHold(Hold hold, HoldState state, long usedTokens, long usedMicros, Optional<Instant> closedAt) {}

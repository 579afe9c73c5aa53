package ai.exaone.agents.run;

import java.time.Instant;

/**
 * One event in its place.
 *
 * @param sequence from 1 without gaps
 * @param time when it was written
 */
public record JournalEntry(long sequence, Instant time, RunEvent event) {}

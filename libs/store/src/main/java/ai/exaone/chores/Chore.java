package ai.exaone.chores;

import java.time.Duration;

/**
 * Work that is done again and again. Where a service has several processes, each does it: it must bear that.
 *
 * @param name as logs have it, for example {@code Sweeping sessions}
 * @param pause between its end and its next beginning
 */
public record Chore(String name, Duration pause, Runnable work) {}

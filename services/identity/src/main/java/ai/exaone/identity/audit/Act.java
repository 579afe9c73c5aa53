package ai.exaone.identity.audit;

/**
 * Something that somebody does, handed to the store that does it, which records it in the same transaction.
 *
 * @param action for example {@code apikey.revoke}
 */
public record Act(Actor actor, String action) {}

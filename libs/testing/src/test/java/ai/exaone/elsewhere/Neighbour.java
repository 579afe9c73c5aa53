package ai.exaone.elsewhere;

/** Belongs to another module than the one whose rules are tested. */
public record Neighbour(String name) {}

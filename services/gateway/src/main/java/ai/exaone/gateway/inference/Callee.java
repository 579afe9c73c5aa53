package ai.exaone.gateway.inference;

import ai.exaone.gateway.routing.ModelRoute;

/** What answers a call. */
sealed interface Callee {
    /** A model of the catalogue, by one of its engines. */
    record Engine(ModelRoute route) implements Callee {}

    /**
     * An agent.
     *
     * @param depth how many agents are between the outer caller and it
     */
    record Agent(int depth) implements Callee {}
}

package ai.exaone.serving.replica;

import ai.exaone.serving.deployment.ReplicaSlot;

/** One step from what is towards what is asked for. */
public sealed interface Step {
    /** Start a first engine in a slot. */
    record Start(Wish wish, ReplicaSlot slot) implements Step {}

    /** Start an engine in the place of one that failed. */
    record StartAgain(Wish wish, Replica failed) implements Step {}

    /** Take an engine out of the routes, and let it finish what it was asked. */
    record Leave(Replica replica) implements Step {}

    /** End an engine that is not wanted. */
    record End(Replica replica) implements Step {}

    /** End an engine that does not answer, so that another takes its place. */
    record Fail(Replica replica, String reason) implements Step {}

    /** End at once an engine that was told to and has not. */
    record Kill(Replica replica) implements Step {}

    /** Forget that an engine failed in a slot that is not wanted any more. */
    record Forget(Replica replica) implements Step {}
}

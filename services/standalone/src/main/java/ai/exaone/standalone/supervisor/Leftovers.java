package ai.exaone.standalone.supervisor;

import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.ProcessIdentity;
import ai.exaone.standalone.process.ProcessIdentity.Signal;
import ai.exaone.standalone.process.RunFolder;
import ai.exaone.standalone.process.RunFolder.EngineProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Processes that a supervisor left behind because it was killed. They are known by the ids and start times it wrote down, and
 * are ended in order: what serves before what it stands on.
 */
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ENGINE_PATIENCE = Duration.ofSeconds(3);
    private static final long POLL_MILLISECONDS = 50;
    /** The order of ends. A name that is not here is a service of another layout, and goes first. */
    private static final List<String> ORDER = List.of(
            "gateway", "agents", "serving", "quota", "identity", "platform", "keycloak", "database", "supervisor");

    private static final int FIRST_FOUNDATION = ORDER.indexOf("keycloak");

    private final RunFolder run;
    private final Announcer announcer;

    public Leftovers(RunFolder run, Announcer announcer) {
        this.run = run;
        this.announcer = announcer;
    }

    /** Whether anything of the installation still runs. */
    public boolean exist() {
        return run.parts().stream().anyMatch(PartRecord::isAlive)
                || !run.engines().isEmpty();
    }

    /** Ends them all and forgets them. Call it only while no supervisor runs. */
    public void end() throws InterruptedException {
        var engines = run.engines();
        var parts = new ArrayList<>(run.parts());
        parts.sort(Comparator.comparingInt(part -> ORDER.indexOf(part.name())));
        for (var part : parts) {
            if (ORDER.indexOf(part.name()) == FIRST_FOUNDATION) {
                endEngines(engines);
            }
            if (part.process().isPresent() && part.isAlive()) {
                announcer.say(part.name() + " was left running ("
                        + part.process().get().pid() + "): ending it");
                end(part.process().get(), PATIENCE);
            }
            run.remove(part.name());
        }
        endEngines(engines);
    }

    /**
     * Ends engines whose service is gone, and returns when they have ended.
     *
     * @param earlier those that ran before their service ended: it forgets an engine a moment before the last of it is gone
     */
    public void endEngines(List<EngineProcess> earlier) throws InterruptedException {
        for (var engine : run.engines()) {
            announcer.say(
                    engine.name() + " was left running (" + engine.process().pid() + "): ending it");
            end(engine.process(), ENGINE_PATIENCE);
            run.remove(engine.name());
        }
        for (var engine : earlier) {
            if (!awaitEnd(engine.process(), ENGINE_PATIENCE)) {
                end(engine.process(), ENGINE_PATIENCE);
            }
        }
    }

    /** Ends one process, by force if it does not within the patience. */
    public static void end(ProcessIdentity process, Duration patience) throws InterruptedException {
        process.signal(Signal.END);
        if (!awaitEnd(process, patience)) {
            process.signal(Signal.KILL);
            awaitEnd(process, patience);
        }
    }

    /** Whether the process ended within the time. */
    public static boolean awaitEnd(ProcessIdentity process, Duration patience) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            // Not a child of this process, so there is nothing to wait on but its absence.
            Thread.sleep(POLL_MILLISECONDS);
        }
        return true;
    }
}

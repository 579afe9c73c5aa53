package ai.exaone.standalone.command;

import ai.exaone.standalone.platform.RunningAddress;
import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.process.PartState;
import ai.exaone.standalone.process.ProcessIdentity;
import ai.exaone.standalone.process.RunFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code exaone status}. */
@Command(
        name = "status",
        description = {
            "Show each part: process, state, how long it runs, restarts, memory, why it last ended.",
            "",
            "Exit code 0: all parts are ready and chats are answered. 1: not so. 3: nothing runs."
        },
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final int NOTHING_RUNS = 3;
    private static final String ROW = "%-9s %8s %10s %9s %9s  %s%n";
    private static final int LEAST_NAME_WIDTH = 14;
    private static final List<String> ORDER = List.of(
            "supervisor", "database", "platform", "identity", "quota", "serving", "agents", "gateway", "keycloak");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var surroundings = Surroundings.ofThisProcess();
        var run = surroundings.run();
        var parts = new ArrayList<>(run.parts());
        var engines = run.engines();
        var out = spec.commandLine().getOut();
        boolean supervised = parts.stream().anyMatch(part -> part.name().equals("supervisor") && part.isAlive());
        if (!supervised && engines.isEmpty() && parts.stream().noneMatch(PartRecord::isAlive)) {
            out.println("Nothing runs. Start the platform with: ./exaone up");
            return NOTHING_RUNS;
        }
        parts.sort(Comparator.comparingInt(part -> ORDER.indexOf(part.name())));
        int longest = Stream.concat(
                        parts.stream().map(PartRecord::name), engines.stream().map(RunFolder.EngineProcess::name))
                .mapToInt(String::length)
                .reduce(LEAST_NAME_WIDTH, Math::max);
        var row = "%-" + longest + "s " + ROW;
        out.printf(row, "PART", "STATE", "PID", "UPTIME", "RESTARTS", "MEMORY", "LAST END");
        boolean ready = true;
        for (var part : parts) {
            ready &= isReady(part);
            out.printf(
                    row,
                    part.name(),
                    state(part),
                    part.process().map(process -> Long.toString(process.pid())).orElse("-"),
                    part.isAlive() ? uptime(part.startedAt()) : "-",
                    part.restarts(),
                    part.process().map(StatusCommand::memory).orElse("-"),
                    part.reason());
        }
        for (var engine : engines) {
            out.printf(row, engine.name(), "running", engine.process().pid(), "-", "-", memory(engine.process()), "");
        }
        var address = RunningAddress.read(run);
        boolean chats = address.filter(RunningAddress::answersChats).isPresent();
        address.ifPresent(
                known -> out.println("\nChats are " + (chats ? "" : "NOT ") + "answered at " + known.publicUrl()));
        if (!supervised) {
            out.println("The supervisor is gone; what it left runs on. Repair with: ./exaone up");
        }
        return supervised && ready && chats ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isReady(PartRecord part) {
        return part.state() == PartState.READY && part.isAlive();
    }

    private static String state(PartRecord part) {
        boolean claimsLife = part.process().isPresent();
        return claimsLife && !part.isAlive() ? "gone" : part.state().name().toLowerCase(Locale.ROOT);
    }

    private static String uptime(Instant startedAt) {
        var uptime = Duration.between(startedAt, Instant.now());
        return uptime.toDays() > 0
                ? "%dd %dh".formatted(uptime.toDays(), uptime.toHoursPart())
                : "%d:%02d:%02d".formatted(uptime.toHours(), uptime.toMinutesPart(), uptime.toSecondsPart());
    }

    private static String memory(ProcessIdentity process) {
        return process.residentBytes() / (1 << 20) + " MiB";
    }
}

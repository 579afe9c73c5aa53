package ai.exaone.standalone.command;

import ai.exaone.standalone.platform.RunningAddress;
import ai.exaone.standalone.process.PartRecord;
import ai.exaone.standalone.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code exaone up}. */
@Command(
        name = "up",
        description = {
            "Start the platform and keep it running.",
            "",
            "Without --detach this command stays, shows what happens, and Ctrl-C ends the platform.",
            "If it runs already, this is said; the exit code is then 0 if it answers chats, else 1.",
            "",
            "Settings are taken from flags, then EXAONE_* (EXAONE_PORT), then config.yml (exaone.port)."
        },
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private UpOptions options = new UpOptions();

    @Option(names = "--detach", description = "Return when the platform is up, and leave it running.")
    private boolean detach;

    @Option(
            names = "--announce-to-log",
            hidden = true,
            description = "Say nothing here: another process shows the log.")
    private boolean announceToLog;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var surroundings = Surroundings.ofThisProcess();
        surroundings.home().create();
        options.keepEngineKey(surroundings.home(), surroundings.environment());
        var settings = surroundings.settings(options.settings());
        return detach ? inBackground(surroundings, settings) : inForeground(surroundings, settings);
    }

    private int inForeground(Surroundings surroundings, Settings settings) throws InterruptedException, IOException {
        var log = new SupervisorLog(surroundings.home().logFile("supervisor"));
        var out = spec.commandLine().getOut();
        var lock = surroundings.run().claim();
        if (lock.isEmpty()) {
            return runsAlready(surroundings, out);
        }
        try (var claimed = lock.get()) {
            assert claimed.isValid();
            new Foreground(surroundings, settings, line -> {
                        log.say(line);
                        if (!announceToLog) {
                            out.println(line);
                            out.flush();
                        }
                    })
                    .run(() -> {
                        if (!announceToLog) {
                            new Summary(surroundings.home(), settings).print(out);
                        }
                    });
        }
        return CommandLine.ExitCode.OK;
    }

    private int inBackground(Surroundings surroundings, Settings settings) throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var lock = surroundings.run().claim();
        if (lock.isEmpty()) {
            return runsAlready(surroundings, out);
        }
        // Only a look: the supervisor's own process claims it next.
        lock.get().acquiredBy().close();
        var arguments = new ArrayList<>(List.of("up", "--announce-to-log"));
        arguments.addAll(options.arguments());
        if (!new Background(surroundings, arguments).start()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        var address = RunningAddress.of(settings);
        new Summary(surroundings.home(), settings).print(out);
        if (address.answersChats()) {
            return CommandLine.ExitCode.OK;
        }
        spec.commandLine()
                .getErr()
                .println("exaone: the platform runs, but no chat is answered yet. See: ./exaone status");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int runsAlready(Surroundings surroundings, PrintWriter out) {
        var supervisor = surroundings.run().read("supervisor").flatMap(PartRecord::process);
        var address = RunningAddress.read(surroundings.run());
        boolean healthy = address.filter(RunningAddress::answersChats).isPresent();
        out.println("The platform runs already"
                + supervisor
                        .map(process -> " (supervisor " + process.pid() + ")")
                        .orElse("")
                + address.map(known -> " at " + known.publicUrl()).orElse("")
                + (healthy ? " and answers chats." : ", but answers no chats. See: ./exaone status"));
        out.flush();
        return healthy ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}

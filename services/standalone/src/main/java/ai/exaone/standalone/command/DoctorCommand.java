package ai.exaone.standalone.command;

import ai.exaone.standalone.doctor.Doctor;
import ai.exaone.standalone.doctor.Finding;
import ai.exaone.standalone.doctor.Finding.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code exaone doctor}. */
@Command(
        name = "doctor",
        description = {
            "Say what keeps the platform from running on this machine, and what to do. Changes nothing.",
            "",
            "Takes the flags of up, to look before a start with them. Exit code 0 if nothing is bad, else 1."
        },
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private UpOptions options = new UpOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var surroundings = Surroundings.ofThisProcess();
        var key = options.lendEngineKey(surroundings.environment());
        try {
            return examine(surroundings);
        } finally {
            if (key.isPresent()) {
                Files.delete(key.get());
            }
        }
    }

    private int examine(Surroundings surroundings) throws IOException, InterruptedException {
        var settings = surroundings.settings(options.settings());
        var findings = new Doctor(surroundings.home(), settings, surroundings.cache()).examine();
        for (var finding : findings) {
            spec.commandLine().getOut().printf("%-5s %-11s %s%n", mark(finding), finding.subject(), finding.detail());
        }
        return findings.stream().anyMatch(finding -> finding.grade() == Grade.BAD)
                ? CommandLine.ExitCode.SOFTWARE
                : CommandLine.ExitCode.OK;
    }

    private static String mark(Finding finding) {
        return switch (finding.grade()) {
            case GOOD -> "ok";
            case DOUBTFUL -> "warn";
            case BAD -> "BAD";
        };
    }
}

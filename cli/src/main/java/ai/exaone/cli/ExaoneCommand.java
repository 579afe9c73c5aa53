package ai.exaone.cli;

import ai.exaone.cli.agent.AgentCommands;
import ai.exaone.cli.http.TrustedAuthorities;
import ai.exaone.cli.login.Remembered;
import ai.exaone.cli.profile.ProfileFile;
import ai.exaone.cli.resource.ResourceCommands;
import ai.exaone.rpc.contract.Contracts;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: its own commands, and one for every RPC of the public contracts. */
@Command(
        name = "exaone",
        description = "Manages an EXAONE installation: tenants, keys, limits, models, agents.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = AgentCommands.class)
public final class ExaoneCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    private ExaoneCommand() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
        CommandLine commandLine = commandLine(System.getenv(), ProfileFile.ofUser(System.getenv()), out);
        commandLine.setExecutionStrategy(parsed -> {
            Optional.ofNullable(System.getenv(TrustedAuthorities.VARIABLE))
                    .filter(file -> !file.isBlank())
                    .map(Path::of)
                    .ifPresent(TrustedAuthorities::add);
            return new CommandLine.RunLast().execute(parsed);
        });
        int exitCode = commandLine.execute(arguments);
        out.flush();
        System.exit(exitCode);
    }

    @Command(
            name = "login",
            description = {
                "Signs you in; you confirm in a browser.",
                "It is remembered for this user of this machine, with the installation. For automation there are API keys: --key."
            })
    void login(@Mixin Surroundings surroundings) {
        new Remembered(surroundings).signIn();
    }

    @Command(name = "logout", description = "Signs you out.")
    void logout(@Mixin Surroundings surroundings) {
        new Remembered(surroundings).signOut();
    }

    @Command(
            name = "use",
            description = {
                "Remembers the tenant and the project that --tenant and --project name, for later commands.",
                "A tenant alone forgets the project of the one before."
            })
    void use(@Mixin Surroundings surroundings) {
        new Remembered(surroundings).use();
    }

    /** The whole command line for given surroundings. */
    public static CommandLine commandLine(Map<String, String> environment, ProfileFile profiles, PrintWriter out) {
        Supplier<Surroundings> surroundings = () -> new Surroundings(environment, profiles, out);
        CommandLine root = new CommandLine(new ExaoneCommand(), new SurroundingsFactory(surroundings));
        new ResourceCommands(Contracts.load(), surroundings).addTo(root);
        root.setOut(out);
        root.setExecutionExceptionHandler(ExaoneCommand::fail);
        return root;
    }

    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (failure instanceof CliException known) {
            command.getErr().println(known.lines());
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    /** Makes what commands mix in; everything else as picocli does. */
    private record SurroundingsFactory(Supplier<Surroundings> surroundings) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == Surroundings.class
                    ? type.cast(surroundings.get())
                    : CommandLine.defaultFactory().create(type);
        }
    }
}

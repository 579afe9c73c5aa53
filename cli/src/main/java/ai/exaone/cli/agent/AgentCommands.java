package ai.exaone.cli.agent;

import ai.exaone.cli.CliException;
import ai.exaone.cli.Surroundings;
import ai.exaone.cli.output.EnumNames;
import ai.exaone.cli.output.Table;
import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.AgentDeployment;
import ai.exaone.proto.agents.v1.CreateReleaseResponse;
import ai.exaone.proto.agents.v1.Release;
import ai.exaone.proto.agents.v1.Run;
import com.google.protobuf.util.Timestamps;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of an agent's life, in the order in which a developer meets them. */
@Command(
        name = "agent",
        description = "Writes, tries, deploys and watches agents.",
        synopsisSubcommandLabel = "COMMAND")
public final class AgentCommands {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    private static final String FILE = "agent.yaml";

    @Command(name = "init", description = "Writes a commented specification, agent.yaml, to begin with.")
    int init(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "NAME", description = "The agent's name: callers use agent/NAME.") String name,
            @Option(
                            names = "--model",
                            defaultValue = "SmolLM2-135M-Instruct",
                            description = "The model that answers. Default: ${DEFAULT-VALUE}.")
                    String model,
            @Option(
                            names = {"-f", "--file"},
                            defaultValue = FILE,
                            description = "Where to write it. Default: ${DEFAULT-VALUE}.")
                    Path file) {
        try {
            Files.writeString(file, AgentTemplate.of(name, model), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException exists) {
            throw new CliException(file + " is here already.", exists);
        } catch (IOException unwritable) {
            throw new CliException(file + " cannot be written: " + unwritable.getMessage(), unwritable);
        }
        String option = file.equals(Path.of(FILE)) ? "" : " --file " + file;
        surroundings.out().println("Wrote " + file + ". Try it: exaone agent dev" + option);
        surroundings.out().flush();
        return 0;
    }

    @Command(
            name = "dev",
            description =
                    "Uploads the working copy as a draft, runs it and follows its steps; again whenever the file changes.")
    int dev(
            @Mixin Surroundings surroundings,
            @Option(
                            names = {"-f", "--file"},
                            defaultValue = FILE,
                            description = "The specification. Default: ${DEFAULT-VALUE}.")
                    Path file,
            @Option(
                            names = {"-i", "--input"},
                            description = "What the agent is asked each time; asked for when absent.")
                    Optional<String> input,
            @Option(names = "--once", description = "Run once and end.") boolean once) {
        return new DevLoop(new AgentApi(surroundings), surroundings.out(), file, input).run(once);
    }

    @Command(
            name = "deploy",
            description = "Makes an immutable release of the file and points the agent's calls at it.")
    int deploy(
            @Mixin Surroundings surroundings,
            @Option(
                            names = {"-f", "--file"},
                            defaultValue = FILE,
                            description = "The specification. Default: ${DEFAULT-VALUE}.")
                    Path file,
            @Option(
                            names = {"-m", "--note"},
                            defaultValue = "",
                            description = "What changed.")
                    String note) {
        AgentFile specification = AgentFile.read(file);
        AgentApi api = new AgentApi(surroundings);
        Agent agent = api.findOrCreate(specification.name());
        CreateReleaseResponse released = api.createRelease(agent, specification.text(), note);
        Release release = released.getRelease();
        api.deploy(agent, release.getReleaseId());
        surroundings
                .out()
                .println((released.getExisted() ? "Release " : "New release ") + release.getNumber() + " ("
                        + release.getReleaseId() + ") is deployed. Callers use the model agent/" + agent.getName()
                        + ".");
        surroundings.out().flush();
        return 0;
    }

    @Command(name = "releases", description = "Lists an agent's releases, newest first.")
    int releases(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "The agent; else that of agent.yaml.")
                    Optional<String> name) {
        AgentApi api = new AgentApi(surroundings);
        Agent agent = api.require(nameOrFile(name));
        Table table = new Table(List.of("NUMBER", "RELEASE", "DEPLOYED", "CREATED", "BY", "NOTE"));
        for (Release release : api.releases(agent)) {
            boolean deployed = release.getReleaseId().equals(agent.getDeployedReleaseId());
            table.add(List.of(
                    Integer.toString(release.getNumber()),
                    release.getReleaseId(),
                    deployed ? "yes" : "",
                    Timestamps.toString(release.getCreateTime()),
                    release.getCreatedBy(),
                    release.getNote()));
        }
        table.print(surroundings.out());
        surroundings.out().flush();
        return 0;
    }

    @Command(name = "rollback", description = "Points the agent's calls back at the release before.")
    int rollback(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "The agent; else that of agent.yaml.")
                    Optional<String> name) {
        AgentApi api = new AgentApi(surroundings);
        AgentDeployment deployment = api.rollback(api.require(nameOrFile(name)));
        surroundings.out().println("Calls go to " + deployment.getReleaseId() + " again.");
        surroundings.out().flush();
        return 0;
    }

    @Command(name = "runs", description = "Lists runs, newest first.")
    int runs(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only this agent's.") Optional<String> name,
            @Option(
                            names = {"-n", "--most"},
                            defaultValue = "20",
                            description = "At most this many. Default: ${DEFAULT-VALUE}.")
                    int most) {
        AgentApi api = new AgentApi(surroundings);
        Table table = new Table(List.of("RUN", "AGENT", "STATE", "STEPS", "TOKENS", "STARTED"));
        for (Run run : api.runs(name.map(api::require), most)) {
            table.add(List.of(
                    run.getRunId(),
                    run.getAgentName(),
                    EnumNames.spoken(run.getState().getValueDescriptor()),
                    Integer.toString(run.getSteps()),
                    Long.toString(run.getInputTokens() + run.getOutputTokens()),
                    Timestamps.toString(run.getCreateTime())));
        }
        table.print(surroundings.out());
        surroundings.out().flush();
        return 0;
    }

    @Command(name = "logs", description = "Prints a run's steps: the newest run's, unless another is named.")
    int logs(
            @Mixin Surroundings surroundings,
            @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's id; else the newest run.")
                    Optional<String> run,
            @Option(
                            names = {"--follow"},
                            description = "Wait for steps to come, to the run's end.")
                    boolean follow) {
        AgentApi api = new AgentApi(surroundings);
        String runId = run.orElseGet(() -> api.runs(Optional.empty(), 1).stream()
                .findFirst()
                .orElseThrow(() -> new CliException("There is no run yet. Make one: exaone agent dev"))
                .getRunId());
        return new RunPrinter(api, surroundings.out()).print(runId, follow) ? 0 : 1;
    }

    private static String nameOrFile(Optional<String> name) {
        return name.orElseGet(() -> AgentFile.read(Path.of(FILE)).name());
    }
}

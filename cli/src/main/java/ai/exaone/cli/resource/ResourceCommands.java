package ai.exaone.cli.resource;

import ai.exaone.cli.Surroundings;
import ai.exaone.rpc.contract.Contracts;
import ai.exaone.rpc.contract.PublicMethod;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Adds a command for every public RPC: a group for each service, a verb for each of its methods. */
public final class ResourceCommands {
    private final Contracts contracts;
    private final Supplier<Surroundings> surroundings;

    /**
     * @param surroundings new ones for every command
     */
    public ResourceCommands(Contracts contracts, Supplier<Surroundings> surroundings) {
        this.contracts = contracts;
        this.surroundings = surroundings;
    }

    /** Adds the commands below a root that may have some of its own, which win. */
    public void addTo(CommandLine root) {
        for (PublicMethod method : contracts.methods()) {
            CommandLine group = group(root, method.descriptor().getService());
            String verb = Naming.verb(method.descriptor());
            if (!group.getSubcommands().containsKey(verb)) {
                group.addSubcommand(verb, new ResourceCommand(method, surroundings.get(), contracts.comments()).spec());
            }
        }
    }

    private static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
    }

    private CommandLine group(CommandLine root, ServiceDescriptor service) {
        String name = Naming.group(service);
        CommandLine existing = root.getSubcommands().get(name);
        if (existing != null) {
            return existing;
        }
        CommandSpec spec = CommandSpec.create().name(name).addOption(helpOption());
        spec.usageMessage().description(contracts.comments().of(service)).synopsisSubcommandLabel("COMMAND");
        CommandLine group = new CommandLine(spec);
        root.addSubcommand(name, group);
        return group;
    }
}

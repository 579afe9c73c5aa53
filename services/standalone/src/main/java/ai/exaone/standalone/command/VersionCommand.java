package ai.exaone.standalone.command;

import ai.exaone.servers.SoftwareVersions;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code exaone version}. */
@Command(name = "version", description = "Show versions.", mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var properties = new Properties();
        try (var stream = VersionCommand.class.getResourceAsStream("version.properties")) {
            if (stream == null) {
                throw new IllegalStateException("version.properties is missing from the class path");
            }
            properties.load(stream);
        }
        var software = SoftwareVersions.ofThisBuild();
        var revision = System.getenv().getOrDefault("EXAONE_REVISION", "");
        spec.commandLine()
                .getOut()
                .printf(
                        "EXAONE On-Premise %s%s%nJava %s, MariaDB %s, Keycloak %s%n",
                        properties.getProperty("version"),
                        revision.isEmpty() ? "" : " (" + revision + ")",
                        Runtime.version(),
                        software.mariaDb(),
                        software.keycloak());
        return CommandLine.ExitCode.OK;
    }
}

package ai.exaone.standalone.command;

import ai.exaone.servers.SoftwareVersions;
import ai.exaone.servers.keycloak.KeycloakSoftware;
import ai.exaone.servers.mariadb.MariaDbSoftware;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code prepare}: the servers' software, unpacked and built, so that the first start does not have to. */
@Command(
        name = "prepare",
        hidden = true,
        description = "Unpack the database and build the sign-in server, unless it was done.",
        mixinStandardHelpOptions = true)
public final class PrepareCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        var cache = Surroundings.ofThisProcess().cache();
        var versions = SoftwareVersions.ofThisBuild();
        MariaDbSoftware.prepare(cache, versions);
        KeycloakSoftware.prepare(cache, versions, Path.of(System.getProperty("java.home"), "bin", "java"));
        return CommandLine.ExitCode.OK;
    }
}

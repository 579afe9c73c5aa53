package ai.exaone.testing;

import ai.exaone.servers.SoftwareCache;
import ai.exaone.servers.SoftwareVersions;
import ai.exaone.servers.mariadb.MariaDbServer;
import ai.exaone.servers.mariadb.MariaDbSoftware;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** MariaDB as an installation runs it, with relaxed durability. */
final class MariaDbFiles implements ServerFiles {
    private static final int BUFFER_POOL_MEBIBYTES = 128;

    private final MariaDbSoftware software =
            MariaDbSoftware.prepare(SoftwareCache.ofUser(System.getenv()), SoftwareVersions.ofThisBuild());

    @Override
    public Path createData() {
        try {
            Path folder = Files.createTempDirectory("exaone-mariadb-");
            server(folder, 0).install();
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public List<String> command(Path folder, int port, Path initFile) {
        List<String> command = new ArrayList<>(server(folder, port).command().arguments());
        // The last of two wins.
        command.add("--init-file=" + initFile);
        return command;
    }

    private MariaDbServer server(Path folder, int port) {
        return new MariaDbServer(
                software,
                folder.resolve("data"),
                port,
                List.of(),
                MariaDbServer.Durability.RELAXED,
                BUFFER_POOL_MEBIBYTES);
    }
}

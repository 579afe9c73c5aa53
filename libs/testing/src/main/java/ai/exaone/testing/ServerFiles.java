package ai.exaone.testing;

import java.nio.file.Path;
import java.util.List;

/** The installed programs of one kind of database server. They are installed once for a user; every server has data of its own. */
sealed interface ServerFiles permits MariaDbFiles, MySqlFiles {
    /** Makes a folder with an empty server's data. */
    Path createData();

    /**
     * The command that runs a server in the foreground.
     *
     * @param folder from {@link #createData()}
     * @param initFile a file in that folder with SQL that the server runs when it starts
     */
    List<String> command(Path folder, int port, Path initFile);
}

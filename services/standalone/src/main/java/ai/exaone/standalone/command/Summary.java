package ai.exaone.standalone.command;

import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.platform.RunningAddress;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What the operator is told when all is up. The password goes to a terminal only: other outputs are kept by someone. */
final class Summary {
    private final Home home;
    private final RunningAddress address;

    Summary(Home home, RunningAddress address) {
        this.home = home;
        this.address = address;
    }

    void print(PrintWriter out) {
        var credentials = Path.of("").toAbsolutePath().relativize(home.credentialsFile());
        out.println("""

                EXAONE On-Premise is up.
                  Console    %1$s/console
                  API        %1$s/v1          reference %1$s/api/reference
                  Sign-in    user and password are in %2$s
                """.formatted(address.publicUrl(), credentials));
        out.flush();
    }
}

package ai.exaone.standalone.command;

import ai.exaone.standalone.home.Credentials;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.platform.RunningAddress;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * What the operator is told when all is up: addresses, the sign-in, and three commands to paste. No secret is among it, since
 * outputs are kept by someone; the commands take theirs from {@code credentials.env}.
 */
final class Summary {
    private static final String SAMPLE_AGENT = "examples/greeter/agent.yaml";

    private final Home home;
    private final RunningAddress address;

    Summary(Home home, RunningAddress address) {
        this.home = home;
        this.address = address;
    }

    void print(PrintWriter out) {
        var here = Path.of("").toAbsolutePath();
        var program = Path.of(System.getenv().getOrDefault("EXAONE_PROGRAM", "exaone"))
                .toAbsolutePath();
        var credentials = shown(here, home.credentialsFile());
        out.println("""

                EXAONE On-Premise is up.
                  Console    %1$s/console
                  API        %1$s/v1      reference: %1$s/api/reference
                  Sign-in    user and password are in %2$s

                Three things to try, each a command to paste:
                  A chat
                    (. %2$s; curl -sS "$EXAONE_BASE_URL/v1/chat/completions" -H "Authorization: Bearer $EXAONE_API_KEY" \\
                      -H 'Content-Type: application/json' -d '{"model": "%3$s", "messages": [{"role": "user", "content": "What is the capital of France?"}]}'; echo)
                  The console's address and sign-in
                    (. %2$s; echo "$EXAONE_BASE_URL/console  user $EXAONE_ADMIN_USER  password $EXAONE_ADMIN_PASSWORD")
                  The sample agent
                    (set -a; . %2$s; %4$s agent deploy --file %5$s)
                """.formatted(
                        address.publicUrl(),
                        credentials,
                        chatModel(),
                        shown(here, program),
                        shown(here, program.resolveSibling(SAMPLE_AGENT))));
        out.flush();
    }

    private String chatModel() {
        return Credentials.readApiKey(home.credentialsFile())
                .flatMap(key -> new OfferedModels(address).firstChatModel(key))
                .orElse("MODEL");
    }

    /** The path as it is shortest to type here. */
    private static String shown(Path here, Path path) {
        var relative = here.relativize(path);
        if (relative.startsWith("..")) {
            return path.toString();
        }
        return relative.getNameCount() == 1 ? "./" + relative : relative.toString();
    }
}

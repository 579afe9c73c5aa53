package ai.exaone.standalone.command;

import ai.exaone.standalone.home.Credentials;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.platform.RunningAddress;
import ai.exaone.standalone.settings.OptionalPart;
import ai.exaone.standalone.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * What the operator is told when all is up: addresses, the sign-in, and commands to paste. No secret is among it, since
 * outputs are kept by someone; the commands take theirs from {@code credentials.env}.
 */
final class Summary {
    private static final String SAMPLE_AGENT = "examples/greeter/agent.yaml";

    private final Home home;
    private final Settings settings;
    private final RunningAddress address;

    Summary(Home home, Settings settings) {
        this.home = home;
        this.settings = settings;
        this.address = RunningAddress.of(settings);
    }

    void print(PrintWriter out) {
        var here = Path.of("").toAbsolutePath();
        var credentials = shown(here, home.credentialsFile());
        out.println();
        out.println("EXAONE On-Premise is up.");
        if (settings.runs(OptionalPart.KEYCLOAK)) {
            out.printf("  Console    %s/console%n", address.publicUrl());
        }
        out.printf("  API        %1$s/v1      reference: %1$s/api/reference%n", address.publicUrl());
        if (settings.runs(OptionalPart.KEYCLOAK)) {
            out.printf("  Sign-in    user and password are in %s%n", credentials);
        }
        out.print("""

                Things to try, each a command to paste:
                  A chat
                    (. %1$s; curl -sS "$EXAONE_BASE_URL/v1/chat/completions" -H "Authorization: Bearer $EXAONE_API_KEY" \
                      -H 'Content-Type: application/json' -d '{"model": "%2$s", "messages": [{"role": "user", "content": "What is the capital of France?"}]}'; echo)
                """.formatted(credentials, chatModel()));
        if (settings.runs(OptionalPart.KEYCLOAK)) {
            out.print("""
                      The console's address and sign-in
                        (. %s; echo "$EXAONE_BASE_URL/console  user $EXAONE_ADMIN_USER  password $EXAONE_ADMIN_PASSWORD")
                    """.formatted(credentials));
        }
        if (settings.runs(OptionalPart.AGENTS)) {
            var program = Path.of(System.getenv().getOrDefault("EXAONE_PROGRAM", "exaone"))
                    .toAbsolutePath();
            out.print("""
                      The sample agent
                        (set -a; . %s; %s agent deploy --file %s)
                    """.formatted(
                            credentials, shown(here, program), shown(here, program.resolveSibling(SAMPLE_AGENT))));
        }
        out.println();
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

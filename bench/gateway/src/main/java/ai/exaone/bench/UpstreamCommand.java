package ai.exaone.bench;

import ai.exaone.bench.upstream.ScriptedUpstream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The scripted upstream alone, for whoever wants an engine that does as it is told. */
@Command(
        name = "upstream",
        description = {
            "Run an OpenAI-shaped engine with scripted answers on 127.0.0.1, until it is ended.",
            "",
            "Answers: POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models, GET /health.",
            "Counts: GET /stats; POST /reset.",
            "",
            "What an answer does is said in words joined by '-': chunksN, paceN (ms between chunks),",
            "firstN (ms before the first byte), statusN (an error), cutN (close after N bytes), reset (with a TCP reset),",
            "splitN (send in pieces of N bytes), hang. They are taken from PUT /script (its body: for all),",
            "then from the model's name (scripted-chunks64-pace5), then from the header x-script, then from the",
            "body's member \"script\", which reaches it through any gateway that relays what it does not know."
        },
        mixinStandardHelpOptions = true)
final class UpstreamCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", paramLabel = "PORT", description = "Default: any that is free; it is printed.")
    private int port;

    @Option(names = "--threads", paramLabel = "N", description = "Event loops. Default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(names = "--key", paramLabel = "KEY", description = "Refuse requests below /v1 without this bearer key.")
    private @Nullable String key;

    @Option(
            names = "--models",
            paramLabel = "NAME,...",
            hideParamSyntax = true,
            split = ",",
            description = "What /v1/models lists; any other is answered too. Default: scripted,scripted-embed.")
    private List<String> models = List.of("scripted", "scripted-embed");

    @Override
    public Integer call() throws InterruptedException {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(port, threads, Optional.ofNullable(key), models)) {
            var out = spec.commandLine().getOut();
            out.println("http://127.0.0.1:" + upstream.port());
            out.flush();
            upstream.awaitClose();
        }
        return CommandLine.ExitCode.OK;
    }
}

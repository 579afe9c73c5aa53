package ai.exaone.serving.engine;

import java.time.Duration;
import java.util.List;

/**
 * How an engine is launched as a process.
 *
 * @param script the launcher among those that travel with the platform
 * @param arguments its arguments, with {@code {model}}, {@code {model_path}}, {@code {port}}, {@code {threads}}, {@code {context}} and
 *     {@code {slots}} standing for the values of one launch
 * @param builtInModel the catalogue's model that comes with the engine, and that an empty path means
 * @param slots requests that it answers at once
 * @param processorsPerThread how many of the machine's processors there are to one of its threads, where a deployment says nothing
 * @param maxThreads most threads where a deployment says nothing
 * @param contextTokens most tokens of one request where a deployment says nothing; a smaller model has fewer
 * @param startTimeout how long it may take until it answers
 */
public record LaunchTemplate(
        String script,
        List<String> arguments,
        String builtInModel,
        int slots,
        int processorsPerThread,
        int maxThreads,
        int contextTokens,
        Duration startTimeout) {
    public LaunchTemplate {
        arguments = List.copyOf(arguments);
        if (slots < 1 || processorsPerThread < 1 || maxThreads < 1 || contextTokens < 1) {
            throw new IllegalArgumentException("Slots, threads and context of " + script + " are at least 1");
        }
    }

    /** Whether it loads weights from a file of the user's own. */
    public boolean takesModelPath() {
        return arguments.contains("{model_path}");
    }

    /**
     * Most tokens of one request.
     *
     * @param asked by the deployment; 0 for the choice made here
     * @param model the model's most; 0 where unknown
     */
    public int contextTokens(int asked, int model) {
        if (asked > 0) {
            return asked;
        }
        return model > 0 ? Math.min(model, contextTokens) : contextTokens;
    }

    /** Threads of one engine on a machine with so many processors. */
    public int threads(int processors) {
        return Math.clamp(processors / processorsPerThread, 1, maxThreads);
    }
}

package ai.exaone.cli.agent;

import ai.exaone.cli.CliException;
import ai.exaone.proto.agents.v1.Agent;
import ai.exaone.proto.agents.v1.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;

/**
 * The developer's inner loop: the file as it is becomes the agent's draft, the draft is run, its steps are printed. With a fixed
 * input it runs again at every change of the file; without one, each line typed is a run of the newest file.
 */
final class DevLoop {
    private static final Duration LOOK = Duration.ofMillis(300);

    private final AgentApi api;
    private final PrintWriter out;
    private final Path file;
    private final Optional<String> input;

    DevLoop(AgentApi api, PrintWriter out, Path file, Optional<String> input) {
        this.api = api;
        this.out = out;
        this.file = file;
        this.input = input;
    }

    int run(boolean once) {
        return input.isPresent() ? onChange(input.get(), once) : onLine(once);
    }

    private int onChange(String question, boolean once) {
        while (true) {
            FileTime seen = modified();
            boolean completed = attempt(question, once);
            if (once) {
                return completed ? 0 : 1;
            }
            say("Waiting for changes of " + file + ". Ctrl-C ends.");
            awaitChange(seen);
        }
    }

    private int onLine(boolean once) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say("Type what to ask; each line runs " + file + " as it is then. Ctrl-D ends.");
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    boolean completed = attempt(line, once);
                    if (once) {
                        return completed ? 0 : 1;
                    }
                }
            }
            return 0;
        } catch (IOException unreadable) {
            throw new CliException("Standard input cannot be read.", unreadable);
        }
    }

    /** A mistake in the file is said, and mended by the developer's next change. */
    private boolean attempt(String question, boolean once) {
        try {
            AgentFile specification = AgentFile.read(file);
            Agent agent = api.findOrCreate(specification.name());
            api.setDraft(agent, specification.text());
            Run run = api.startDraft(agent, question);
            say("run " + run.getRunId());
            return new RunPrinter(api, out).print(run.getRunId(), true);
        } catch (CliException mistake) {
            if (once) {
                throw mistake;
            }
            say(mistake.lines());
            return false;
        }
    }

    private void awaitChange(FileTime seen) {
        try {
            while (modified().equals(seen)) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException("Stopped.", stop);
        }
    }

    private FileTime modified() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException missing) {
            // An editor may replace the file by a new one: for a moment there is none.
            return FileTime.fromMillis(0);
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}

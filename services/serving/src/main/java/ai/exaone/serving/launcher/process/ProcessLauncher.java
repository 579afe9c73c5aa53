package ai.exaone.serving.launcher.process;

import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.deployment.ReplicaId;
import ai.exaone.serving.deployment.ReplicaSlot;
import ai.exaone.serving.engine.LaunchTemplate;
import ai.exaone.serving.launcher.Engine;
import ai.exaone.serving.launcher.EngineOrder;
import ai.exaone.serving.launcher.FoundEngine;
import ai.exaone.serving.launcher.LaunchException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches engines as processes of this machine, on loopback, each with a random key of its own that no list of processes shows.
 * Engines outlive a sudden death of this process; the next life finds them by {@link #findAll}. Thread-safe.
 *
 * <p>One process at a time has a run folder's engines: {@link #claim} waits until the former has let them go.
 */
public final class ProcessLauncher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLauncher.class);
    private static final String KEY_VARIABLE = "EXAONE_ENGINE_KEY";
    private static final int KEY_BYTES = 32;
    private static final long LARGEST_LOG_BYTES = 8L * 1024 * 1024;

    private final ProcessLauncherConfig config;
    private final SecureRandom random;
    private final EngineFiles files;
    private final RunFolderLock lock;
    private final Map<LaunchTemplate, String> fingerprints = new ConcurrentHashMap<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public ProcessLauncher(ProcessLauncherConfig config, SecureRandom random) {
        this.config = config;
        this.random = random;
        this.files = new EngineFiles(config.runDir());
        this.lock = new RunFolderLock(config.runDir().resolve("engines.lock"));
    }

    /**
     * Takes the run folder's engines over.
     *
     * @return whether it did; otherwise another process has them still
     */
    public boolean claim() throws IOException {
        files.prepare();
        Files.createDirectories(config.logsDir());
        return lock.tryAcquire();
    }

    /** The engines that still run from a former life; what is recorded of others is removed. */
    public List<FoundEngine> findAll() throws IOException {
        List<FoundEngine> found = new ArrayList<>();
        for (EngineRecord engine : files.all()) {
            Optional<ProcessIdentity> process = find(engine);
            if (process.isEmpty()) {
                files.remove(engine);
                continue;
            }
            EngineRecord known = engine.started(process.get());
            files.recordPid(known);
            names.add(known.name());
            LOG.info("Found {} of a former life as process {}", known.name(), known.pid());
            found.add(new FoundEngine(
                    new ReplicaId(known.replica()),
                    new ReplicaSlot(new DeploymentId(known.deployment()), known.index()),
                    known.digest(),
                    engine(known, process.get())));
        }
        return found;
    }

    /** Starts an engine. Returns as soon as there is a process; whether it answers is for others to see. */
    public Engine launch(EngineOrder<Launch.OnThisMachine> order) throws LaunchException {
        Path python = config.python()
                .orElseThrow(() -> new LaunchException(
                        "This installation launches no engines: exaone.serving.python is not set."));
        LaunchTemplate template = order.profile()
                .launchTemplate()
                .orElseThrow(() ->
                        new LaunchException("Engines of " + order.profile().displayName() + " are not launched here."));
        try {
            return launch(python, template, order, newRecord(order));
        } catch (IOException failure) {
            throw new LaunchException("The engine's process could not be started: " + failure.getMessage(), failure);
        }
    }

    private Engine launch(
            Path python, LaunchTemplate template, EngineOrder<Launch.OnThisMachine> order, EngineRecord engine)
            throws IOException {
        int asked = order.launch().threads();
        int threads = asked > 0 ? asked : template.threads(config.processors());
        try {
            List<String> command = command(python, template, order, engine, threads);
            // Written before there is a process: however this one dies, the next life finds the engine by its id.
            files.record(engine);
            return start(engine, command, threads);
        } catch (IOException failure) {
            forget(engine);
            throw failure;
        }
    }

    /** Lets the run folder's engines go. Those that run go on running. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** What an engine of a deployment is launched from, apart from what the deployment says: its interpreter and its launcher. */
    public String fingerprint(LaunchTemplate template) {
        return fingerprints.computeIfAbsent(
                template,
                each -> config.python() + "|" + each + "|" + HexFormat.of().formatHex(script(each.script())));
    }

    private static Optional<ProcessIdentity> find(EngineRecord engine) {
        return engine.birth() == null
                ? ProcessIdentity.withArgument(engine.replica())
                : Optional.of(new ProcessIdentity(engine.pid(), engine.birth())).filter(ProcessIdentity::alive);
    }

    private Engine start(EngineRecord engine, List<String> command, int threads) throws IOException {
        Path log = rotatedLog(engine);
        var builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        // What this process was told is not the engine's to know.
        environment.keySet().removeIf(name -> name.startsWith("EXAONE_"));
        environment.put(KEY_VARIABLE, engine.key());
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
        Process process = builder.start();
        ProcessIdentity identity =
                ProcessIdentity.of(process.pid()).orElseThrow(() -> new IOException("it ended at once"));
        EngineRecord started = engine.started(identity);
        try {
            files.recordPid(started);
        } catch (IOException failure) {
            // A process of which nothing is written down would never be found again.
            process.destroyForcibly();
            throw failure;
        }
        LOG.info("Started {} as process {}", started.name(), started.pid());
        return engine(started, identity);
    }

    private ProcessEngine engine(EngineRecord engine, ProcessIdentity identity) {
        return new ProcessEngine(engine, identity, log(engine), () -> forget(engine));
    }

    private void forget(EngineRecord engine) {
        files.remove(engine);
        names.remove(engine.name());
    }

    private EngineRecord newRecord(EngineOrder<Launch.OnThisMachine> order) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new EngineRecord(
                newName(order.deployment().model()),
                order.replica().value(),
                order.slot().deployment().value(),
                order.slot().index(),
                order.digest(),
                freePort(),
                HexFormat.of().formatHex(key),
                0,
                null);
    }

    /** The first number that no running engine of that model has: what people see stays short. */
    private String newName(String model) {
        String stem = "engine-" + model.replaceAll("[^A-Za-z0-9._-]", "_") + "-";
        int number = 1;
        while (!names.add(stem + number)) {
            number++;
        }
        return stem + number;
    }

    private List<String> command(
            Path python,
            LaunchTemplate template,
            EngineOrder<Launch.OnThisMachine> order,
            EngineRecord engine,
            int threads)
            throws IOException {
        Launch.OnThisMachine launch = order.launch();
        files.write(template.script(), script(template.script()));
        Map<String, String> values = Map.of(
                "{model}", order.deployment().model(),
                "{model_path}", launch.modelPath(),
                "{port}", Integer.toString(engine.port()),
                "{threads}", Integer.toString(threads),
                "{context}",
                        Integer.toString(template.contextTokens(launch.contextTokens(), order.modelContextTokens())),
                "{slots}", Integer.toString(template.slots()));
        // Isolated: the machine's own Python packages and settings do not apply.
        List<String> command = new ArrayList<>(List.of(
                python.toString(),
                "-I",
                "-B",
                files.scripts().resolve(template.script()).toString(),
                "--replica",
                engine.replica()));
        template.arguments().forEach(argument -> command.add(values.getOrDefault(argument, argument)));
        return command;
    }

    private static byte[] script(String name) {
        try (InputStream content = ProcessLauncher.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("Missing from the platform: " + name);
            }
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new IllegalStateException("Cannot read from the platform: " + name, failure);
        }
    }

    private Path rotatedLog(EngineRecord engine) throws IOException {
        Path log = log(engine);
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
            Files.move(log, config.logsDir().resolve(engine.name() + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return log;
    }

    private Path log(EngineRecord engine) {
        return config.logsDir().resolve(engine.name() + ".log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

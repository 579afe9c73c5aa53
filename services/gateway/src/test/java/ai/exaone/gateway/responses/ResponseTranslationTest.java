package ai.exaone.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.openai.JsonValue;
import ai.exaone.gateway.openai.OpenAiError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers as vLLM and llama.cpp give them, as responses. */
class ResponseTranslationTest {
    private static final String REQUEST = "{'model':'m','input':'hi','metadata':{'case':'7'},'max_output_tokens':9}";
    private static final String TOLD = "'background':false,'error':null,'incomplete_details':null,'model':'m'";

    private final List<String> kept = new ArrayList<>();
    private boolean keeps = true;

    @Test
    void saysAWholeAnswer() {
        String llama =
                "{'choices':[{'finish_reason':'stop','index':0,'message':{'role':'assistant','content':'Hello.'}}],"
                        + "'created':1790000000,'model':'m','object':'chat.completion','usage':{'completion_tokens':3,'prompt_tokens':20,"
                        + "'total_tokens':23,'prompt_tokens_details':{'cached_tokens':15}},'id':'chatcmpl-x','timings':{'prompt_n':5}}";

        String response = whole(translation(REQUEST), llama);

        assertThat(response)
                .isEqualTo(json("{'id':'resp_0','object':'response','created_at':1790000000,'status':'completed',"
                        + TOLD
                        + ",'output':[{'id':'msg_2','type':'message','status':'completed','role':'assistant','content':["
                        + "{'type':'output_text','text':'Hello.','annotations':[],'logprobs':[]}]}],"
                        + "'instructions':null,'max_output_tokens':9,'metadata':{'case':'7'},'parallel_tool_calls':true,"
                        + "'previous_response_id':null,'prompt_cache_key':null,'reasoning':{'effort':null,'summary':null},"
                        + "'safety_identifier':null,'temperature':null,'text':{'format':{'type':'text'}},'tool_choice':'auto','tools':[],"
                        + "'top_logprobs':0,'top_p':null,'user':null,'max_tool_calls':null,'service_tier':'default','store':true,"
                        + "'truncation':'disabled','usage':{'input_tokens':20,'input_tokens_details':{'cached_tokens':15},"
                        + "'output_tokens':3,'output_tokens_details':{'reasoning_tokens':0},'total_tokens':23}}"));
        assertThat(kept).containsExactly(response);
    }

    @Test
    void saysThoughtsAndCalls() {
        String vllm =
                "{'choices':[{'index':0,'message':{'role':'assistant','content':null,'reasoning_content':'Look there.',"
                        + "'tool_calls':[{'id':'chatcmpl-tool-1','type':'function','function':{'name':'weather','arguments':'{}'}}]},"
                        + "'finish_reason':'tool_calls','stop_reason':null}],'usage':{'prompt_tokens':9,'completion_tokens':20}}";

        assertThat(whole(translation(REQUEST), vllm))
                .contains(json("'output':[{'id':'rs_2','type':'reasoning','summary':[],"
                        + "'content':[{'type':'reasoning_text','text':'Look there.'}],'status':'completed'},"
                        + "{'id':'fc_3','type':'function_call','status':'completed','call_id':'chatcmpl-tool-1','name':'weather',"
                        + "'arguments':'{}'}]"))
                // 11 of 20 characters were thoughts.
                .contains(json("'output_tokens':20,'output_tokens_details':{'reasoning_tokens':11}"));
    }

    @Test
    void saysWhyItIsNotComplete() {
        assertThat(whole(translation(REQUEST), choice("length")))
                .contains(json("'status':'incomplete'"), json("'incomplete_details':{'reason':'max_output_tokens'}"));
        assertThat(whole(translation(REQUEST), choice("content_filter")))
                .contains(json("'incomplete_details':{'reason':'content_filter'}"));
    }

    @Test
    void keepsNothingWhereNothingIsToBeKept() {
        assertThat(whole(translation("{'model':'m','input':'hi','store':false}"), choice("stop")))
                .contains(json("'store':false"));
        assertThat(kept).isEmpty();
    }

    @Test
    void saysSoWhereItCouldNotBeKept() {
        keeps = false;

        assertThat(whole(translation(REQUEST), choice("stop"))).contains(json("'store':false"));
    }

    @Test
    void streamsTypedEventsInTheirOrder() {
        ResponseTranslation translation = translation(REQUEST);
        String events = text(translation.begin())
                + part(translation, "{'choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}")
                + part(translation, "{'choices':[{'index':0,'delta':{'reasoning_content':'Hm'}}]}")
                + part(translation, "{'choices':[{'index':0,'delta':{'content':'Hel'}}]}")
                + part(translation, "{'choices':[{'index':0,'delta':{'content':'lo'}}]}")
                + part(
                        translation,
                        call("{'index':0,'id':'call_1','type':'function','function':{'name':'look','arguments':''}}"))
                + part(translation, call("{'index':0,'function':{'arguments':'{}'}}"))
                + part(translation, "{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}")
                + part(translation, "{'choices':[],'usage':{'prompt_tokens':7,'completion_tokens':13}}")
                + text(translation.end());

        List<JsonValue> data = events.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JsonValue.of(line.substring("data: ".length())))
                .toList();
        assertThat(data.stream().map(event -> event.text("type").orElseThrow()).toList())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.reasoning_text.delta",
                        "response.reasoning_text.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "response.completed");
        for (int i = 0; i < data.size(); i++) {
            assertThat(data.get(i).number("sequence_number")).isEqualTo(i);
        }
        assertThat(data.get(8).json())
                .isEqualTo(json(
                        "{'type':'response.output_text.delta','sequence_number':8,'item_id':'msg_3','output_index':1,"
                                + "'content_index':0,'delta':'Hel','logprobs':[]}"));
        assertThat(data.get(15).json())
                .isEqualTo(json("{'type':'response.function_call_arguments.done','sequence_number':15,'item_id':'fc_4',"
                        + "'output_index':2,'name':'look','arguments':'{}'}"));
        JsonValue last = data.getLast().get("response").orElseThrow();
        assertThat(last.items("output")).hasSize(3);
        assertThat(last.get("usage").orElseThrow().json()).contains(json("'reasoning_tokens':2"));
        assertThat(kept).containsExactly(last.json());
    }

    @Test
    void endsAStreamThatCannotGoOn() {
        ResponseTranslation translation = translation(REQUEST);
        translation.begin();
        part(translation, "{'choices':[{'index':0,'delta':{'content':'Hel'}}]}");
        String events = text(
                translation.failure(new OpenAiError(503, "server_error", "engine_failed", null, "Gone.", Map.of())));

        assertThat(events.lines().filter(line -> line.startsWith("event: ")).toList())
                .last()
                .isEqualTo("event: response.failed");
        assertThat(events)
                .contains(
                        json("'status':'failed','background':false,'error':{'code':'engine_failed','message':'Gone.'}"))
                .contains("\"text\":\"Hel\"");
        assertThat(kept).isEmpty();
    }

    private ResponseTranslation translation(String request) {
        CountedIds ids = new CountedIds();
        return new ResponseTranslation(
                ResponseRequest.read(json(request).getBytes(StandardCharsets.UTF_8), ids),
                "resp_0",
                1_790_000_000,
                ids,
                response -> {
                    if (keeps) {
                        kept.add(text(response));
                    }
                    return keeps;
                });
    }

    private static String whole(ResponseTranslation translation, String completion) {
        return text(translation.whole(json(completion).getBytes(StandardCharsets.UTF_8)));
    }

    private static String part(ResponseTranslation translation, String data) {
        return text(translation.part(json(data).getBytes(StandardCharsets.UTF_8)));
    }

    private static String choice(String reason) {
        return "{'choices':[{'index':0,'message':{'role':'assistant','content':'x'},'finish_reason':'" + reason
                + "'}]}";
    }

    private static String call(String call) {
        return "{'choices':[{'index':0,'delta':{'tool_calls':[" + call + "]}}]}";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}

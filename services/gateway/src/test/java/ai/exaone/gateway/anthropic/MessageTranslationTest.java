package ai.exaone.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import ai.exaone.gateway.openai.OpenAiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers as vLLM and llama.cpp give them, in Anthropic's words. */
class MessageTranslationTest {
    private final MessageTranslation translation =
            new MessageTranslation("msg_1", new MessagesRequest(new byte[0], "m", true, List.of("END")), "req_1");

    @Test
    void saysAWholeAnswer() {
        String llama =
                "{'choices':[{'finish_reason':'stop','index':0,'message':{'role':'assistant','content':'Hello.'}}],"
                        + "'created':1790000000,'model':'m','system_fingerprint':'b1','object':'chat.completion',"
                        + "'usage':{'completion_tokens':3,'prompt_tokens':20,'total_tokens':23,'prompt_tokens_details':{'cached_tokens':15}},"
                        + "'id':'chatcmpl-x','timings':{'prompt_n':5}}";

        assertThat(whole(llama))
                .isEqualTo(
                        json(
                                "{'id':'msg_1','type':'message','role':'assistant','model':'m',"
                                        + "'content':[{'type':'text','text':'Hello.'}],'stop_reason':'end_turn','stop_sequence':null,"
                                        + "'usage':{'input_tokens':5,'cache_creation_input_tokens':0,'cache_read_input_tokens':15,'output_tokens':3}}"));
    }

    @Test
    void saysThoughtsAndCalls() {
        String vllm =
                "{'choices':[{'index':0,'message':{'role':'assistant','content':null,'reasoning_content':'Look.','tool_calls':["
                        + "{'id':'chatcmpl-tool-1','type':'function','function':{'name':'weather','arguments':'{\\'city\\': \\'Seoul\\'}'}},"
                        + "{'id':'chatcmpl-tool-2','type':'function','function':{'name':'odd','arguments':'not json'}}]},"
                        + "'logprobs':null,'finish_reason':'tool_calls','stop_reason':null}],'usage':{'prompt_tokens':9,'completion_tokens':4}}";

        assertThat(whole(vllm))
                .contains(json("'content':[{'type':'thinking','thinking':'Look.','signature':''},"
                        + "{'type':'tool_use','id':'chatcmpl-tool-1','name':'weather','input':{'city': 'Seoul'}},"
                        + "{'type':'tool_use','id':'chatcmpl-tool-2','name':'odd','input':{'arguments':'not json'}}],"
                        + "'stop_reason':'tool_use','stop_sequence':null"));
    }

    @Test
    void saysWhyItStopped() {
        assertThat(whole(choice("'finish_reason':'length'"))).contains(json("'stop_reason':'max_tokens'"));
        assertThat(whole(choice("'finish_reason':'content_filter'"))).contains(json("'stop_reason':'refusal'"));
        assertThat(whole(choice("'finish_reason':'stop','stop_reason':'END'")))
                .contains(json("'stop_reason':'stop_sequence','stop_sequence':'END'"));
        // Of a stop that is the model's own, vLLM says the token.
        assertThat(whole(choice("'finish_reason':'stop','stop_reason':151645")))
                .contains(json("'stop_reason':'end_turn','stop_sequence':null"));
    }

    @Test
    void streamsTextAfterThoughts() {
        String events = text(translation.begin())
                + part("{'choices':[{'index':0,'delta':{'role':'assistant','content':''}}]}")
                + part("{'choices':[{'index':0,'delta':{'reasoning_content':'Hm'}}]}")
                + part("{'choices':[{'index':0,'delta':{'content':'Hel'}}]}")
                + text(translation.keepAlive())
                + part("{'choices':[{'index':0,'delta':{'content':'lo'},'finish_reason':'stop'}]}")
                + part("{'choices':[],'usage':{'prompt_tokens':7,'completion_tokens':3}}")
                + text(translation.end());

        assertThat(events)
                .isEqualTo(event(
                                "message_start",
                                "'message':{'id':'msg_1','type':'message','role':'assistant','model':'m','content':[],"
                                        + "'stop_reason':null,'stop_sequence':null,'usage':{'input_tokens':0,"
                                        + "'cache_creation_input_tokens':0,'cache_read_input_tokens':0,'output_tokens':0}}")
                        + event("ping", "")
                        + event(
                                "content_block_start",
                                "'index':0,'content_block':{'type':'thinking','thinking':'','signature':''}")
                        + event("content_block_delta", "'index':0,'delta':{'type':'thinking_delta','thinking':'Hm'}")
                        + event("content_block_stop", "'index':0")
                        + event("content_block_start", "'index':1,'content_block':{'type':'text','text':''}")
                        + event("content_block_delta", "'index':1,'delta':{'type':'text_delta','text':'Hel'}")
                        + event("ping", "")
                        + event("content_block_delta", "'index':1,'delta':{'type':'text_delta','text':'lo'}")
                        + event("content_block_stop", "'index':1")
                        + event(
                                "message_delta",
                                "'delta':{'stop_reason':'end_turn','stop_sequence':null},'usage':{'input_tokens':7,"
                                        + "'cache_creation_input_tokens':0,'cache_read_input_tokens':0,'output_tokens':3}")
                        + event("message_stop", ""));
    }

    @Test
    void streamsCallsOneAfterAnother() {
        translation.begin();
        String events = part(call(
                        "{'index':0,'id':'call_1','type':'function','function':{'name':'weather','arguments':''}}"))
                + part(call("{'index':0,'function':{'arguments':'{\\'city\\':'}}"))
                + part(call("{'index':0,'function':{'arguments':'\\'Seoul\\'}'}}"))
                + part(call("{'index':1,'id':'call_2','type':'function','function':{'name':'time','arguments':'{}'}}"))
                + part("{'choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}");

        assertThat(events)
                .isEqualTo(event(
                                "content_block_start",
                                "'index':0,'content_block':{'type':'tool_use','id':'call_1','name':'weather','input':{}}")
                        + event(
                                "content_block_delta",
                                "'index':0,'delta':{'type':'input_json_delta','partial_json':'{\\'city\\':'}")
                        + event(
                                "content_block_delta",
                                "'index':0,'delta':{'type':'input_json_delta','partial_json':'\\'Seoul\\'}'}")
                        + event("content_block_stop", "'index':0")
                        + event(
                                "content_block_start",
                                "'index':1,'content_block':{'type':'tool_use','id':'call_2','name':'time','input':{}}")
                        + event(
                                "content_block_delta",
                                "'index':1,'delta':{'type':'input_json_delta','partial_json':'{}'}"));
        assertThat(text(translation.end())).contains(json("'stop_reason':'tool_use'"));
    }

    @Test
    void endsAStreamThatCannotGoOn() {
        translation.begin();
        part("{'choices':[{'index':0,'delta':{'content':'Hel'}}]}");

        assertThat(text(translation.failure(error(503))))
                .isEqualTo("event: error\ndata: "
                        + json(
                                "{'type':'error','error':{'type':'overloaded_error','message':'Away.'},'request_id':'req_1'}")
                        + "\n\n");
    }

    @Test
    void namesEveryKindOfFailure() {
        Map<Integer, String> types = Map.of(
                400, "invalid_request_error",
                401, "authentication_error",
                403, "permission_error",
                404, "not_found_error",
                405, "invalid_request_error",
                413, "request_too_large",
                429, "rate_limit_error",
                500, "api_error",
                503, "overloaded_error",
                504, "timeout_error");
        types.forEach((status, type) ->
                assertThat(AnthropicError.of(error(status), "req_1").type()).isEqualTo(type));
    }

    private static OpenAiError error(int status) {
        return new OpenAiError(status, "t", "c", null, "Away.", Map.of());
    }

    private String whole(String completion) {
        return text(translation.whole(json(completion).getBytes(StandardCharsets.UTF_8)));
    }

    private String part(String data) {
        return text(translation.part(json(data).getBytes(StandardCharsets.UTF_8)));
    }

    private static String choice(String members) {
        return "{'choices':[{'index':0,'message':{'role':'assistant','content':'x'}," + members + "}]}";
    }

    private static String call(String call) {
        return "{'choices':[{'index':0,'delta':{'tool_calls':[" + call + "]}}]}";
    }

    private static String event(String type, String members) {
        String more = members.isEmpty() ? "" : "," + members;
        return "event: " + type + "\ndata: " + json("{'type':'" + type + "'" + more + "}") + "\n\n";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return text.replace("\\'", "\\\"").replace('\'', '"');
    }
}

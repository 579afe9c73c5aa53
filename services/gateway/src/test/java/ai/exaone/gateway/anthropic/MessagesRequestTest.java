package ai.exaone.gateway.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.gateway.openai.RequestReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesRequestTest {
    private static final String HELLO = "'model':'m','max_tokens':9,'messages':[{'role':'user','content':'hi'}]";

    @Test
    void saysTheLeast() {
        assertThat(chat("{" + HELLO + "}"))
                .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'hi'}],'max_tokens':9}"));
    }

    @Test
    void saysAllOptions() {
        assertThat(chat("{" + HELLO
                        + ",'system':[{'type':'text','text':'Be','cache_control':{'type':'ephemeral'}},{'type':'text','text':'brief'}],"
                        + "'stop_sequences':['END'],'stream':true,'temperature':0.5,'top_p':0.9,'top_k':7,"
                        + "'metadata':{'user_id':'u-1'},'thinking':{'type':'enabled','budget_tokens':2048},'service_tier':'auto',"
                        + "'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}}"))
                .isEqualTo(json("{'model':'m','messages':[{'role':'system','content':'Be\\n\\nbrief'},"
                        + "{'role':'user','content':'hi'}],'max_tokens':9,'temperature':0.5,'top_p':0.9,'top_k':7,'user':'u-1',"
                        + "'stream':true,'stream_options':{'include_usage':true},'stop':['END'],'reasoning_effort':'medium',"
                        + "'response_format':{'type':'json_schema','json_schema':{'name':'answer','strict':true,"
                        + "'schema':{'type':'object'}}}}"));
    }

    @Test
    void saysAConversationWithTools() {
        assertThat(chat("{'model':'m','max_tokens':9,'messages':["
                        + "{'role':'user','content':[{'type':'text','text':'Weather?'}]},"
                        + "{'role':'assistant','content':[{'type':'thinking','thinking':'Look.','signature':''},"
                        + "{'type':'text','text':'I look.'},"
                        + "{'type':'tool_use','id':'toolu_1','name':'weather','input':{'city':'Seoul'}}]},"
                        + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'toolu_1','content':[{'type':'text','text':'clear'},"
                        + "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBO'}}]},"
                        + "{'type':'tool_result','tool_use_id':'toolu_2','is_error':true,'content':'gone'},"
                        + "{'type':'text','text':'And?'}]}],"
                        + "'tools':[{'name':'weather','description':'Of a city','input_schema':{'type':'object','properties':{}}}],"
                        + "'tool_choice':{'type':'any','disable_parallel_tool_use':true}}"))
                .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'Weather?'},"
                        + "{'role':'assistant','content':'I look.','reasoning_content':'Look.','tool_calls':[{'id':'toolu_1','type':'function',"
                        + "'function':{'name':'weather','arguments':'{\\'city\\':\\'Seoul\\'}'}}]},"
                        + "{'role':'tool','tool_call_id':'toolu_1','content':'clear'},"
                        + "{'role':'tool','tool_call_id':'toolu_2','content':'Error: gone'},"
                        + "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO'}},"
                        + "{'type':'text','text':'And?'}]}],'max_tokens':9,"
                        + "'tools':[{'type':'function','function':{'name':'weather','description':'Of a city',"
                        + "'parameters':{'type':'object','properties':{}}}}],"
                        + "'tool_choice':'required','parallel_tool_calls':false}"));
    }

    @Test
    void namesATool() {
        assertThat(chat("{" + HELLO + ",'tool_choice':{'type':'tool','name':'weather'}}"))
                .contains(json("'tool_choice':{'type':'function','function':{'name':'weather'}}"));
        assertThat(chat("{" + HELLO + ",'tool_choice':{'type':'none'}}")).contains(json("'tool_choice':'none'"));
    }

    @Test
    void leavesTheModelsDefaultWhereThinkingIsItsOwnChoice() {
        assertThat(chat("{" + HELLO + ",'thinking':{'type':'adaptive'}}")).doesNotContain("reasoning_effort");
        assertThat(chat("{" + HELLO + ",'thinking':{'type':'disabled'}}")).contains(json("'reasoning_effort':'none'"));
    }

    @Test
    void needsNoLimitToCount() {
        byte[] body = json("{'model':'m','messages':[{'role':'user','content':'hi'}]}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(new String(MessagesRequest.readToCount(body).chat(), StandardCharsets.UTF_8))
                .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'hi'}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'max_tokens':9,'messages':[]                                                   | PARAMETER_MISSING | model",
                "'model':'m','messages':[{'role':'user','content':'x'}]                         | PARAMETER_MISSING | max_tokens",
                "'model':'m','max_tokens':9                                                     | PARAMETER_MISSING | messages",
                "'model':7,'max_tokens':9,'messages':[]                                         | PARAMETER_TYPE    | model",
                "'model':'m','max_tokens':9,'messages':[{'role':'system','content':'x'}]        | PARAMETER_VALUE   | messages[0].role",
                "'model':'m','max_tokens':9,'messages':[{'role':'user'}]                        | PARAMETER_MISSING | messages[0].content",
                "'model':'m','max_tokens':9,'messages':[{'role':'user','content':7}]            | PARAMETER_TYPE    | messages[0].content",
                "'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'video'}]}] | PARAMETER_UNSUPPORTED | messages[0].content[0].type",
                "'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'image','source':{'type':'url','url':'https://x'}}]}] | PARAMETER_VALUE | messages[0].content[0].source.type",
                "'model':'m','max_tokens':9,'messages':[{'role':'user','content':[{'type':'document','source':{'type':'base64','data':'x'}}]}] | PARAMETER_VALUE | messages[0].content[0].source.type",
                "'model':'m','max_tokens':9,'messages':[],'tools':[{'type':'web_search_20250305','name':'web_search'}] | PARAMETER_UNSUPPORTED | tools[0].type",
                "'model':'m','max_tokens':9,'messages':[],'tools':[{'name':'x'}]                | PARAMETER_MISSING | tools[0].input_schema",
                "'model':'m','max_tokens':9,'messages':[],'container':'c'                       | PARAMETER_UNSUPPORTED | container",
                "'model':'m','max_tokens':9,'messages':[],'mcp_servers':[]                      | PARAMETER_UNSUPPORTED | mcp_servers",
                "'model':'m','max_tokens':9,'messages':[],'thinking':{'type':'deep'}            | PARAMETER_VALUE | thinking.type",
                "'model':'m','max_tokens':9,'messages':[],'stop_sequences':[7]                  | PARAMETER_VALUE | stop_sequences",
            })
    void namesWhatIsWrong(String members, OpenAiReason reason, String parameter) {
        var refused = catchThrowableOfType(PlatformException.class, () -> chat("{" + members + "}"));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.violations().getFirst().field()).isEqualTo(parameter);
    }

    @Test
    void refusesWhatIsNoJson() {
        var refused = catchThrowableOfType(PlatformException.class, () -> chat("{'model':'m','model':'n'}"));

        assertThat(refused.reason()).isEqualTo(OpenAiReason.REQUEST_NOT_JSON);
    }

    /** The chat completion, which is one that the pipeline takes unless the test says otherwise. */
    private static String chat(String request) {
        MessagesRequest read = MessagesRequest.read(json(request).getBytes(StandardCharsets.UTF_8));
        String chat = new String(read.chat(), StandardCharsets.UTF_8);
        RequestReader.read(Endpoint.CHAT_COMPLETIONS, read.chat());
        return chat;
    }

    private static String json(String text) {
        return text.replace("\\'", "\\\"").replace('\'', '"');
    }
}

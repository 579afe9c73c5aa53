package ai.exaone.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.openai.Endpoint;
import ai.exaone.gateway.openai.OpenAiReason;
import ai.exaone.gateway.openai.RequestReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseRequestTest {
    private static final String HELLO = "'model':'m','input':'hi'";

    @Test
    void saysTheLeast() {
        assertThat(chat("{" + HELLO + "}"))
                .isEqualTo(json("{'model':'m','messages':[{'role':'user','content':'hi'}]}"));
    }

    @Test
    void saysAllOptions() {
        assertThat(
                        chat(
                                "{" + HELLO
                                        + ",'instructions':'Be brief','stream':true,'max_output_tokens':9,'temperature':0.5,'top_p':0.9,"
                                        + "'include':['message.output_text.logprobs'],'top_logprobs':2,'parallel_tool_calls':false,'user':'u-1',"
                                        + "'reasoning':{'effort':'low','summary':'auto'},'metadata':{'case':'7'},'store':false,'background':false,"
                                        + "'text':{'format':{'type':'json_schema','name':'city','schema':{'type':'object'},'strict':true},'verbosity':'medium'},"
                                        + "'tools':[{'type':'function','name':'weather','description':'Of a city','parameters':{'type':'object'},'strict':true}],"
                                        + "'tool_choice':{'type':'function','name':'weather'},'truncation':'disabled','prompt_cache_key':'k','conversation':null}"))
                .isEqualTo(json(
                        "{'model':'m','messages':[{'role':'system','content':'Be brief'},{'role':'user','content':'hi'}],"
                                + "'max_tokens':9,'temperature':0.5,'top_p':0.9,'logprobs':true,'top_logprobs':2,'parallel_tool_calls':false,"
                                + "'user':'u-1','reasoning_effort':'low',"
                                + "'response_format':{'type':'json_schema','json_schema':{'name':'city','schema':{'type':'object'},'strict':true}},"
                                + "'tools':[{'type':'function','function':{'name':'weather','description':'Of a city',"
                                + "'parameters':{'type':'object'},'strict':true}}],"
                                + "'tool_choice':{'type':'function','function':{'name':'weather'}},"
                                + "'stream':true,'stream_options':{'include_usage':true}}"));
    }

    @Test
    void saysAConversation() {
        assertThat(
                        chat(
                                "{'model':'m','input':[{'role':'developer','content':'Be kind'},"
                                        + "{'role':'user','content':[{'type':'input_text','text':'What is it?'},"
                                        + "{'type':'input_image','image_url':'data:image/png;base64,iVBO','detail':'low'}]},"
                                        + "{'type':'reasoning','id':'rs_9','summary':[],'content':[{'type':'reasoning_text','text':'Look.'}]},"
                                        + "{'type':'message','id':'msg_9','status':'completed','role':'assistant','content':[{'type':'output_text',"
                                        + "'text':'I look.','annotations':[]}]},"
                                        + "{'type':'function_call','id':'fc_9','call_id':'call_1','name':'look','arguments':'{}'},"
                                        + "{'type':'function_call','call_id':'call_2','name':'listen','arguments':'{}'},"
                                        + "{'type':'function_call_output','call_id':'call_1','output':'a cat'},"
                                        + "{'type':'function_call_output','call_id':'call_2','output':[{'type':'input_text','text':'meow'}]},"
                                        + "{'role':'assistant','content':'A cat.'},{'role':'user','content':'Sure?'}],'instructions':'Be brief'}"))
                .isEqualTo(json("{'model':'m','messages':[{'role':'system','content':'Be brief\\n\\nBe kind'},"
                        + "{'role':'user','content':[{'type':'text','text':'What is it?'},"
                        + "{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO','detail':'low'}}]},"
                        + "{'role':'assistant','content':'I look.','reasoning_content':'Look.','tool_calls':["
                        + "{'id':'call_1','type':'function','function':{'name':'look','arguments':'{}'}},"
                        + "{'id':'call_2','type':'function','function':{'name':'listen','arguments':'{}'}}]},"
                        + "{'role':'tool','tool_call_id':'call_1','content':'a cat'},"
                        + "{'role':'tool','tool_call_id':'call_2','content':'meow'},"
                        + "{'role':'assistant','content':'A cat.'},{'role':'user','content':'Sure?'}]}"));
    }

    @Test
    void keepsItemsInOneForm() {
        assertThat(read("{" + HELLO + "}").input().getFirst().json())
                .isEqualTo(json("{'id':'msg_1','type':'message','status':'completed','role':'user',"
                        + "'content':[{'type':'input_text','text':'hi'}]}"));
        assertThat(read("{" + HELLO + "}").store()).isTrue();
        assertThat(read("{" + HELLO + ",'store':false}").store()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'input':'x'                                                   | PARAMETER_MISSING     | model",
                "'model':'m'                                                   | PARAMETER_MISSING     | input",
                "'model':'m','input':7                                         | PARAMETER_TYPE        | input",
                "'model':'m','input':'x','background':true                     | PARAMETER_UNSUPPORTED | background",
                "'model':'m','input':'x','conversation':'conv_1'               | PARAMETER_UNSUPPORTED | conversation",
                "'model':'m','input':'x','prompt':{'id':'p'}                   | PARAMETER_UNSUPPORTED | prompt",
                "'model':'m','input':'x','truncation':'auto'                   | PARAMETER_VALUE       | truncation",
                "'model':'m','input':'x','service_tier':'flex'                 | PARAMETER_VALUE       | service_tier",
                "'model':'m','input':'x','temperature':'hot'                   | PARAMETER_TYPE        | temperature",
                "'model':'m','input':'x','max_output_tokens':0                  | PARAMETER_VALUE       | max_output_tokens",
                "'model':'m','input':'x','reasoning':{'effort':'some'}          | PARAMETER_VALUE       | reasoning.effort",
                "'model':'m','input':'x','seed':7                              | PARAMETER_UNSUPPORTED | seed",
                "'model':'m','input':'x','tools':[{'type':'web_search'}]       | PARAMETER_UNSUPPORTED | tools[0].type",
                "'model':'m','input':'x','tools':[{'type':'file_search'}]      | PARAMETER_UNSUPPORTED | tools[0].type",
                "'model':'m','input':'x','tools':[{'type':'computer_use_preview'}] | PARAMETER_UNSUPPORTED | tools[0].type",
                "'model':'m','input':'x','tools':[{'type':'function'}]         | PARAMETER_MISSING     | tools[0].name",
                "'model':'m','input':'x','tool_choice':{'type':'web_search'}   | PARAMETER_UNSUPPORTED | tool_choice.type",
                "'model':'m','input':'x','tool_choice':'maybe'                 | PARAMETER_VALUE       | tool_choice",
                "'model':'m','input':'x','include':['file_search_call.results'] | PARAMETER_UNSUPPORTED | include[0]",
                "'model':'m','input':'x','metadata':{'a':7}                    | PARAMETER_TYPE        | metadata.a",
                "'model':'m','input':'x','text':{'format':{'type':'json_schema','name':'n'}} | PARAMETER_MISSING | text.format.schema",
                "'model':'m','input':[{'type':'item_reference','id':'msg_1'}]  | PARAMETER_UNSUPPORTED | input[0].type",
                "'model':'m','input':[{'role':'user','content':[{'type':'input_file','file_id':'f'}]}] | PARAMETER_UNSUPPORTED | input[0].content[0].type",
                "'model':'m','input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}] | PARAMETER_UNSUPPORTED | input[0].content[0].file_id",
                "'model':'m','input':[{'role':'user','content':[{'type':'input_image','image_url':'https://x/y.png'}]}] | PARAMETER_VALUE | input[0].content[0].image_url",
                "'model':'m','input':[{'role':'boss','content':'x'}]           | PARAMETER_VALUE       | input[0].role",
                "'model':'m','input':[{'type':'function_call_output','call_id':'c'}] | PARAMETER_MISSING | input[0].output",
            })
    void namesWhatIsWrong(String members, OpenAiReason reason, String parameter) {
        var refused = catchThrowableOfType(PlatformException.class, () -> read("{" + members + "}"));

        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.violations().getFirst().field()).isEqualTo(parameter);
    }

    private static ResponseRequest read(String request) {
        return ResponseRequest.read(json(request).getBytes(StandardCharsets.UTF_8), new CountedIds());
    }

    /** The chat completion, which is one that the pipeline takes. */
    private static String chat(String request) {
        byte[] chat = read(request).chat(List.of());
        RequestReader.read(Endpoint.CHAT_COMPLETIONS, chat);
        return new String(chat, StandardCharsets.UTF_8);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}

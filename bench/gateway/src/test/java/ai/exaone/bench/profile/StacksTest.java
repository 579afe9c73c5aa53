package ai.exaone.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of samples: lines, a tree by modules, tables and a page. */
class StacksTest {
    private static final Frame LOOP = Frame.of("io.netty.channel.SingleThreadIoEventLoop", "run", false);
    private static final Frame DECODE = Frame.of("ai.exaone.gateway.relay.client.CallerDecoder", "decode", false);
    private static final Frame HEAD = Frame.of("ai.exaone.gateway.relay.client.PlainHead", "read", false);
    private static final Frame KEY = Frame.of("ai.exaone.gateway.auth.KeyCache", "find", false);
    private static final Frame DIGEST = Frame.of("sun.security.provider.SHA2", "implCompress0", false);
    private static final Frame WRITE = Frame.of("io.netty.channel.unix.FileDescriptor", "writeAddress", true);

    private final Stacks stacks = new Stacks();

    StacksTest() {
        add(3, LOOP, DECODE, HEAD, KEY, DIGEST);
        add(5, LOOP, DECODE, WRITE);
        add(1, LOOP);
        add(1, DECODE, HEAD);
        stacks.addUnseen(2);
    }

    @Test
    void aStackIsALineForFlameGraphs() {
        assertThat(stacks.collapsed())
                .hasSize(4)
                .contains("loops;io.netty.channel.SingleThreadIoEventLoop.run;"
                        + "ai.exaone.gateway.relay.client.CallerDecoder.decode;"
                        + "io.netty.channel.unix.FileDescriptor.writeAddress, native 5");
    }

    @Test
    void aPathHasEachFolderOfOursOnceInARowAndWhatIsOnTopOfThem() {
        assertThat(Modules.path(new Stack("loops", List.of(LOOP, DECODE, HEAD, KEY, DIGEST))))
                .containsExactly("loops", "relay/client", "auth", "Java");
        assertThat(Modules.path(new Stack("loops", List.of(LOOP, DECODE, KEY, HEAD))))
                .containsExactly("loops", "relay/client", "auth", "relay/client");
        assertThat(Modules.path(new Stack("loops", List.of(LOOP, WRITE))))
                .containsExactly("loops", "FileDescriptor.writeAddress, native");
        assertThat(Modules.path(new Stack("loops", List.of(LOOP)))).containsExactly("loops", "Netty");
        Frame elsewhere = Frame.of("org.example.Thing", "act", false);
        Frame generated = Frame.of("ai.exaone.proto.quota.v1.Usage", "build", false);
        Frame library = Frame.of("ai.exaone.rpc.Watch", "next", false);
        assertThat(Modules.path(new Stack("a", List.of(library, elsewhere)))).containsExactly("a", "rpc", "elsewhere");
    }

    @Test
    void classesThatJavaMadeHaveTheNameOfWhatTheyAreMadeFor() {
        assertThat(Frame.of("ai.exaone.A$$Lambda.0x00007f12/5", "run", false).type())
                .isEqualTo("ai.exaone.A$$Lambda");
        assertThat(Frame.of("java.lang.invoke.LambdaForm$MH/0x00007f", "invoke", false)
                        .label())
                .isEqualTo("java.lang.invoke.LambdaForm$MH.invoke");
    }

    @Test
    void tellsWhoseTimeItWas() {
        String text = new KindProfile(
                        "json1k: calls",
                        stacks,
                        Map.of("loops-1-1", 6.0, "loops-1-2", 2.0, "C2 CompilerThre", 1.0, "VM Thread", 1.0))
                .toString();

        assertThat(text)
                .startsWith("### json1k: calls\n")
                .containsPattern("\\| loops +\\| +8.00 \\| +80.0 \\|")
                .containsPattern("\\| the JVM's compilers +\\| +1.00 \\| +10.0 \\|")
                .containsPattern("\\| `FileDescriptor.writeAddress, native` +\\| relay/client \\| +50.0 \\|")
                .containsPattern("\\| `SHA2.implCompress0` +\\| auth +\\| +30.0 \\|")
                .contains("10 samples, one for each 1 ms", "2 more had no stack")
                .contains("""
                        100.0 %  loops
                           90.0 %  relay/client
                             50.0 %  FileDescriptor.writeAddress, native
                             30.0 %  auth
                               30.0 %  Java
                           10.0 %  Netty
                        """);
    }

    @Test
    void aPageHasABoxForEachCall() {
        Stacks generic = new Stacks();
        generic.add(new Stack("a", List.of(Frame.of("ai.exaone.A", "<init>", false))));
        generic.add(new Stack("b", List.of(WRITE)));
        generic.add(new Stack("b", List.of(WRITE)));

        String page = FlameGraph.page("a & b", generic.tree("all", Stacks::calls));

        assertThat(page)
                .contains("<title>a &amp; b</title>", "3 samples")
                .contains("<div class=\"node native\" style=\"width:100.000%\"><span title=\""
                        + "io.netty.channel.unix.FileDescriptor.writeAddress, native, 66.667 %\">")
                .contains("<div class=\"node ours\"", "ai.exaone.A.&lt;init&gt;")
                .endsWith("</html>\n");
    }

    private void add(int times, Frame... frames) {
        for (int time = 0; time < times; time++) {
            stacks.add(new Stack("loops", List.of(frames)));
        }
    }
}

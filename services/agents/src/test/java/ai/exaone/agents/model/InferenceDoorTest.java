package ai.exaone.agents.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.exaone.errors.PlatformError;
import ai.exaone.errors.PlatformException;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The moments at which a call may be cut off; that calls are answered is proven with a running gateway. */
class InferenceDoorTest {
    private final ManagedChannel gateway =
            InProcessChannelBuilder.forName("no-gateway").build();

    @AfterEach
    void close() {
        gateway.shutdownNow();
    }

    @Test
    void aCallThatIsCancelledBeforeItIsWrittenSaysSo() {
        var terms = new InferenceDoor.Terms("token", "req_1", 1, Duration.ofSeconds(5));

        PlatformException refused = catchThrowableOfType(
                PlatformException.class,
                () -> new InferenceDoor(gateway).open(terms, "/v1/chat/completions", new byte[1], Runnable::run));

        assertThat(refused.reason()).isEqualTo(PlatformError.CANCELLED);
    }
}

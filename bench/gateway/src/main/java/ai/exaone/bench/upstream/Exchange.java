package ai.exaone.bench.upstream;

import ai.exaone.bench.upstream.Counters.End;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and its answer, as scripted. Used on the connection's event loop only. */
final class Exchange {
    private final ChannelHandlerContext wire;
    private final Asked asked;
    private final boolean embeddings;
    private final Script script;
    private final Counters counters;
    private final Runnable answered;
    private final Outgoing out;
    private final String eventHead;
    private @Nullable Future<?> timer;
    private int pieces;
    private boolean waitsForRoom;
    private boolean ended;

    /** @param answered told when the whole answer has left */
    Exchange(
            ChannelHandlerContext wire,
            Asked asked,
            boolean embeddings,
            Script script,
            Counters counters,
            Runnable answered) {
        this.wire = wire;
        this.asked = asked;
        this.embeddings = embeddings;
        this.script = script;
        this.counters = counters;
        this.answered = answered;
        this.out = new Outgoing(wire, script);
        this.eventHead = Answers.eventHead(asked.model());
    }

    void begin() {
        if (script.hang()) {
            return;
        }
        if (script.first().isPositive()) {
            after(script.first(), this::answer);
        } else {
            answer();
        }
    }

    /** Whoever asks takes bytes again. */
    void hasRoom() {
        if (waitsForRoom && !ended) {
            waitsForRoom = false;
            stream();
        }
    }

    /** Whoever asked has left. */
    void gone() {
        if (timer != null) {
            timer.cancel(false);
        }
        end(script.hang() ? End.FAILED : End.ABORTED);
    }

    private void answer() {
        if (script.status().isPresent()) {
            int status = script.status().getAsInt();
            finish(out.send(Answers.error(status, "Scripted status " + status)), End.FAILED);
        } else if (embeddings) {
            finish(out.send(Answers.embeddings(asked)), End.COMPLETED);
        } else if (!asked.stream()) {
            finish(out.send(Answers.completion(asked.model())), End.COMPLETED);
        } else if (out.send(Answers.streamHead())) {
            stream();
        } else {
            end(End.FAILED);
        }
    }

    private void stream() {
        while (pieces < script.chunks()) {
            if (!wire.channel().isWritable()) {
                waitsForRoom = true;
                return;
            }
            if (!out.send(Answers.piece(wire.alloc(), eventHead, pieces, asked.continuousUsage()))) {
                end(End.FAILED);
                return;
            }
            pieces++;
            counters.piece();
            if (script.pace().isPositive() && pieces < script.chunks()) {
                after(script.pace(), this::stream);
                return;
            }
        }
        boolean whole = true;
        for (var event : Answers.streamEnd(wire.alloc(), eventHead, pieces, asked.usage())) {
            whole = out.send(event);
        }
        finish(whole, End.COMPLETED);
    }

    private void finish(boolean whole, End how) {
        end(whole ? how : End.FAILED);
        if (whole) {
            answered.run();
        }
    }

    private void end(End how) {
        if (!ended) {
            ended = true;
            counters.ended(how);
        }
    }

    private void after(Duration pause, Runnable step) {
        timer = wire.executor()
                .schedule(
                        () -> {
                            if (!ended) {
                                step.run();
                            }
                        },
                        pause.toNanos(),
                        TimeUnit.NANOSECONDS);
    }
}

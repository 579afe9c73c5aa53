package ai.exaone.bench.load;

import ai.exaone.bench.transport.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One event loop's share of a load: its callers and what came of them. Used on that loop only, but for where it says otherwise. */
final class Lane {
    private static final int CONNECT_MILLISECONDS = 5_000;
    private static final int READ_PIECE_BYTES = 256 * 1024;
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    /** A refused caller waits as long as it is told to, and here never less nor more. */
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Load load;
    private final ByteBuf request;
    private final Window window;
    private final Pacing pacing;
    private final Tally tally = new Tally();
    private final Set<Caller> callers = new HashSet<>();
    private final StreamCheck.Times times = new StreamCheck.Times() {
        @Override
        public void first(long nanos) {
            if (window.has(System.nanoTime())) {
                tally.first(nanos);
            }
        }

        @Override
        public void later(long nanos) {
            if (window.has(System.nanoTime())) {
                tally.gap(nanos);
            }
        }
    };
    private int connecting;
    private boolean ending;

    /**
     * @param request its bytes, which stay the caller's
     * @param lanes how many share the load
     */
    Lane(EventLoop loop, Load load, ByteBuf request, Window window, int lane, int lanes) {
        this.loop = loop;
        this.load = load;
        this.request = request;
        this.window = window;
        this.pacing = switch (load.pace()) {
            case Pace.Closed(int all, Duration spread) ->
                new ClosedPacing(this, window, all / lanes + (lane < all % lanes ? 1 : 0), spread);
            case Pace.Open(double perSecond, int connections) ->
                new OpenPacing(this, window, perSecond / lanes, Math.max(1, connections / lanes));
        };
    }

    /** From any thread. */
    void begin() {
        loop.execute(() -> {
            pacing.begin();
            after(SWEEP, this::sweep);
        });
    }

    /** From any thread: whether nothing is under way any more. */
    Future<Boolean> isQuiet() {
        return loop.submit(() -> callers.isEmpty() && connecting == 0 && pacing.waiting() == 0);
    }

    /** From any thread: drops what is under way and tells what came of it all. */
    Future<Tally> finish() {
        return loop.submit(() -> {
            ending = true;
            if (pacing.waiting() > 0) {
                tally.fail("never sent", pacing.waiting());
            }
            List.copyOf(callers).forEach(Caller::close);
            return tally;
        });
    }

    void after(Duration pause, Runnable step) {
        loop.schedule(
                () -> {
                    if (!ending) {
                        step.run();
                    }
                },
                pause.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** @param due of the request that the connection is made for, in case it cannot be made */
    void connect(Consumer<Caller> connected, long due) {
        Caller caller = new Caller(this, load.expected(), times);
        connecting++;
        ChannelFuture connection = new Bootstrap()
                .group(loop)
                .channel(Transport.socket())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLISECONDS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpResponseDecoder(
                                        new HttpDecoderConfig().setMaxChunkSize(READ_PIECE_BYTES)))
                                .addLast(caller);
                    }
                })
                .connect(load.base().getHost(), load.base().getPort());
        connection.addListener(done -> {
            connecting--;
            if (done.isSuccess()) {
                callers.add(caller);
                connected.accept(caller);
            } else {
                failed(due, "cannot connect");
                pacing.lost();
            }
        });
    }

    void ask(Caller caller, long due) {
        if (ending) {
            caller.close();
        } else {
            caller.ask(request, due);
        }
    }

    void read(int bytes) {
        if (window.has(System.nanoTime())) {
            tally.bytes(bytes);
        }
    }

    void completed(long due) {
        long now = System.nanoTime();
        if (!pacing.counts(due, now)) {
            return;
        }
        if (window.isOver(now)) {
            tally.completeLate(now - due);
        } else {
            tally.complete(now - due);
            window.complete();
        }
    }

    void failed(long due, String why) {
        if (pacing.counts(due, System.nanoTime())) {
            tally.fail(why);
        }
    }

    void refused(Caller caller, boolean keepAlive) {
        if (window.has(System.nanoTime())) {
            tally.refuse();
        }
        if (ending) {
            caller.close();
        } else {
            loop.schedule(() -> free(caller, keepAlive), AFTER_REFUSAL.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void free(Caller caller, boolean keepAlive) {
        if (!callers.contains(caller)) {
            return;
        }
        if (!keepAlive) {
            caller.close();
        } else {
            pacing.free(caller);
        }
    }

    void lost(Caller caller) {
        if (callers.remove(caller) && !ending) {
            pacing.lost();
        }
    }

    private void sweep() {
        long oldest = System.nanoTime() - LONGEST_ANSWER.toNanos();
        callers.stream()
                .filter(caller -> caller.isBusySince(oldest))
                .toList()
                .forEach(caller -> caller.giveUp("no answer within " + LONGEST_ANSWER.toSeconds() + " s"));
        after(SWEEP, this::sweep);
    }
}

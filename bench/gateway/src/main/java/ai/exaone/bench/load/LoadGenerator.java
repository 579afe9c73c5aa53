package ai.exaone.bench.load;

import ai.exaone.bench.transport.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs loads, one at a time, on event loops of its own that stay warm in between. Blocks its caller. */
public final class LoadGenerator implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(20);

    private final EventLoopGroup loops;
    private final int threads;

    /** @param threads event loops; each has its share of every load */
    public LoadGenerator(int threads) {
        this.threads = threads;
        this.loops = Transport.loops(threads);
    }

    /** Looks on for the measured time, for example at what it costs. */
    public interface Observer<T> {
        /** The time begins. */
        void begin();

        /** Ten times a second. */
        void tick();

        /** The time is over; what was seen. */
        T end();
    }

    /**
     * What came of a load.
     *
     * @param seconds measured
     */
    public record Result<T>(Tally tally, double seconds, T observed) {}

    public <T> Result<T> run(Load load, Observer<T> observer) throws InterruptedException {
        Window window = new Window();
        ByteBuf request = RequestBytes.of(load);
        List<Lane> lanes = new ArrayList<>();
        int shares = Math.min(threads, load.pace().connections());
        for (int lane = 0; lane < shares; lane++) {
            lanes.add(new Lane((EventLoop) loops.next(), load, request, window, lane, shares));
        }
        try {
            lanes.forEach(Lane::begin);
            Thread.sleep(load.warmUp());
            double seconds = measure(load, window, observer);
            T observed = observer.end();
            drain(lanes);
            Tally sum = new Tally();
            for (Lane lane : lanes) {
                sum.add(lane.finish().get());
            }
            return new Result<>(sum, seconds, observed);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A lane is broken", failure.getCause());
        } finally {
            request.release();
        }
    }

    private static double measure(Load load, Window window, Observer<?> observer) throws InterruptedException {
        long from = System.nanoTime();
        window.open(from);
        observer.begin();
        long end = from + load.measured().toNanos();
        while (System.nanoTime() < end && (load.requestLimit() == 0 || window.completed() < load.requestLimit())) {
            Thread.sleep(Duration.ofNanos(Math.clamp(end - System.nanoTime(), 0, TICK.toNanos())));
            observer.tick();
        }
        long to = System.nanoTime();
        window.close(to);
        return (to - from) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private static void drain(List<Lane> lanes) throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + LONGEST_DRAIN.toNanos();
        while (System.nanoTime() < deadline) {
            boolean quiet = true;
            for (Lane lane : lanes) {
                quiet &= lane.isQuiet().get();
            }
            if (quiet) {
                return;
            }
            Thread.sleep(TICK);
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}

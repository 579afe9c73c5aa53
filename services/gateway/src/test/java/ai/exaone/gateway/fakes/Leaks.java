package ai.exaone.gateway.fakes;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Buffers of Netty's that were forgotten instead of released. */
public final class Leaks {
    private static final List<String> FOUND = new CopyOnWriteArrayList<>();
    private static final int TURNS = 5;

    private Leaks() {}

    /** Watches all buffers from now on; to be called before the first is made. */
    public static void watch() {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation")
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return new Detector<>(resource, samplingInterval);
            }
        });
    }

    /** Those found so far, with where they were last touched. */
    public static List<String> found() {
        for (int turn = 0; turn < TURNS; turn++) {
            System.gc();
            // Leaks are reported when the next buffer is made.
            ByteBufAllocator.DEFAULT.buffer().release();
        }
        return FOUND;
    }

    private static final class Detector<T> extends ResourceLeakDetector<T> {
        Detector(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            FOUND.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            FOUND.add(resourceType);
        }
    }
}

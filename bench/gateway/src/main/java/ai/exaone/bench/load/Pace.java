package ai.exaone.bench.load;

import java.time.Duration;

/** When requests are sent. */
public sealed interface Pace {
    /** The most connections that a load keeps open. */
    int connections();

    /**
     * Each caller asks again when its answer is complete.
     *
     * @param spread over which the callers begin, so that answers that take their time do not all end at once
     */
    record Closed(int callers, Duration spread) implements Pace {
        public Closed {
            if (callers < 1) {
                throw new IllegalArgumentException("A closed loop has at least one caller");
            }
        }

        @Override
        public int connections() {
            return callers;
        }
    }

    /**
     * Requests are due at even distances, whatever became of those before; each one's latency counts from when it was due, so that
     * waiting for a free connection is part of it.
     */
    record Open(double perSecond, int connections) implements Pace {
        public Open {
            if (perSecond <= 0 || connections < 1) {
                throw new IllegalArgumentException("An open loop has a rate and at least one connection");
            }
        }
    }
}

package ai.exaone.bench.profile;

import java.util.List;

/**
 * What a thread was doing.
 *
 * @param thread its name, without its number
 * @param frames the outermost first, one at least
 */
record Stack(String thread, List<Frame> frames) {
    Stack {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("A stack has one frame at least");
        }
        frames = List.copyOf(frames);
    }

    Frame top() {
        return frames.getLast();
    }
}

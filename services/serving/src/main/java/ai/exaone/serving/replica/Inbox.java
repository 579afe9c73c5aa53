package ai.exaone.serving.replica;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where the reconciler's thread is told what happens elsewhere. Thread-safe. */
public final class Inbox {
    private final BlockingQueue<News> waiting = new LinkedBlockingQueue<>();

    /** Says that something happened: what is asked for changed, or an engine is gone. */
    public void nudge() {
        tell(new News.Nudge());
    }

    void tell(News news) {
        waiting.add(news);
    }

    /** All that was told, at the latest after a while: then perhaps nothing. */
    List<News> await(Duration longest) throws InterruptedException {
        List<News> told = new ArrayList<>();
        News first = waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            told.add(first);
            waiting.drainTo(told);
        }
        return told;
    }
}

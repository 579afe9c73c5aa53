package ai.exaone.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * How long the tests of every module wait for what has to come, said once.
 *
 * <p>A test that waits says what it waits for and leaves out how long. A loaded machine is slow, not wrong, so the wait is
 * long; a condition that throws, for instance because an entry has not arrived yet, does not hold yet; and a thread which
 * has nothing to do with a condition cannot fail it.
 */
public final class Patience implements LauncherSessionListener {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONGEST);
        Awaitility.ignoreExceptionsByDefault();
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }
}

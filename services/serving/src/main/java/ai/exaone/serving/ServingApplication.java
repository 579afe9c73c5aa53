package ai.exaone.serving;

import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;

/** Serving as a process of its own. */
public final class ServingApplication {
    private ServingApplication() {}

    public static void main(String[] arguments) {
        ServiceLauncher.run(ServiceName.SERVING);
    }
}

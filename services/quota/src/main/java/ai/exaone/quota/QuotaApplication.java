package ai.exaone.quota;

import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;

/** Quota as a process of its own. */
public final class QuotaApplication {
    private QuotaApplication() {}

    public static void main(String[] arguments) {
        ServiceLauncher.run(ServiceName.QUOTA);
    }
}

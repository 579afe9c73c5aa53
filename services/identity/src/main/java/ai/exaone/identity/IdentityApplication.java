package ai.exaone.identity;

import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;

/** Identity as a process of its own. */
public final class IdentityApplication {
    private IdentityApplication() {}

    public static void main(String[] arguments) {
        ServiceLauncher.run(ServiceName.IDENTITY);
    }
}

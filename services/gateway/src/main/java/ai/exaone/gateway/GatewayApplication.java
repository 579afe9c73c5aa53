package ai.exaone.gateway;

import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;

/** The gateway as a process of its own. */
public final class GatewayApplication {
    private GatewayApplication() {}

    public static void main(String[] arguments) {
        ServiceLauncher.run(ServiceName.GATEWAY);
    }
}

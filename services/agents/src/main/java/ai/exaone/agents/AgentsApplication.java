package ai.exaone.agents;

import ai.exaone.rpc.ServiceLauncher;
import ai.exaone.rpc.ServiceName;

/** Agents as a process of their own. */
public final class AgentsApplication {
    private AgentsApplication() {}

    public static void main(String[] arguments) {
        ServiceLauncher.run(ServiceName.AGENTS);
    }
}

package ai.exaone.standalone.supervisor;

import java.util.ArrayList;
import java.util.List;

/**
 * What runs.
 *
 * @param services started when the database is ready, ended in reverse order
 * @param signIn started last, at low priority, when chats are answered
 */
public record Parts(Part database, List<Part> services, Part signIn) {
    public Parts {
        services = List.copyOf(services);
    }

    /** In the order in which they are ended: nothing outlives what it stands on. */
    List<Part> inStopOrder() {
        var order = new ArrayList<Part>(services.reversed());
        order.add(signIn);
        order.add(database);
        return order;
    }
}

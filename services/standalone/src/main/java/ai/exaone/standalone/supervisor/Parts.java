package ai.exaone.standalone.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs.
 *
 * @param services started when the database is ready, ended in reverse order
 * @param signIn started last, at low priority, when chats are answered; absent where nobody is to sign in
 */
public record Parts(Part database, List<Part> services, Optional<Part> signIn) {
    public Parts {
        services = List.copyOf(services);
    }

    /** In the order in which they are ended: nothing outlives what it stands on. */
    List<Part> inStopOrder() {
        var order = new ArrayList<Part>(services.reversed());
        signIn.ifPresent(order::add);
        order.add(database);
        return order;
    }
}

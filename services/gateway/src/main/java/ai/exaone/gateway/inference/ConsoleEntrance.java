package ai.exaone.gateway.inference;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.auth.AuthError;
import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.auth.Credentials;
import ai.exaone.gateway.auth.Projects;
import ai.exaone.gateway.auth.RequestHead;
import ai.exaone.gateway.relay.client.HttpExchange;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For people: the same paths below a tenant's project, with a session or a bearer token. */
public final class ConsoleEntrance implements Entrance {
    private static final String CHAT = "chat.use";
    private static final String BEGINNING = "/api/v1/tenants/";
    private static final Pattern PATH =
            Pattern.compile("/api/v1/tenants/([^/]+)/projects/([^/]+)/inference(/v1(?:/.*)?)");

    private final Credentials credentials;
    private final Projects projects;

    public ConsoleEntrance(Credentials credentials, Projects projects) {
        this.credentials = credentials;
        this.projects = projects;
    }

    @Override
    public boolean takes(String rawPath) {
        return rawPath.startsWith(BEGINNING) && PATH.matcher(rawPath).matches();
    }

    @Override
    public String apiPath(String path) {
        return match(path).group(3);
    }

    @Override
    public CompletionStage<Caller> authenticate(HttpExchange exchange) {
        Matcher path = match(exchange.path());
        String tenantId = path.group(1);
        String projectId = path.group(2);
        RequestHead head = new Head(exchange);
        return Later.aside("authenticate", () -> authenticate(head, tenantId, projectId));
    }

    private Caller authenticate(RequestHead head, String tenantId, String projectId) {
        Credentials.Exchanged exchanged = credentials.exchange(head, tenantId);
        if (!exchanged.principal().tenantId().filter(tenantId::equals).isPresent()) {
            throw Projects.notFound();
        }
        if (!exchanged.principal().may(CHAT)) {
            throw new PlatformException(AuthError.INFERENCE_NOT_PERMITTED, "Your role may not chat in this tenant.");
        }
        projects.require(exchanged, tenantId, projectId);
        return new Caller(exchanged.principal(), projectId, exchanged::token);
    }

    private static Matcher match(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw Projects.notFound();
        }
        return matcher;
    }

    private record Head(HttpExchange exchange) implements RequestHead {
        @Override
        public String method() {
            return exchange.method();
        }

        @Override
        public Optional<String> header(String name) {
            return exchange.header(name);
        }
    }
}

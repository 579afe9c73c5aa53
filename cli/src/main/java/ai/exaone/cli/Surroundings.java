package ai.exaone.cli;

import ai.exaone.cli.http.ApiClient;
import ai.exaone.cli.login.Realm;
import ai.exaone.cli.login.SignedIn;
import ai.exaone.cli.profile.Profile;
import ai.exaone.cli.profile.ProfileFile;
import ai.exaone.proto.identity.v1.AccountMembership;
import ai.exaone.proto.identity.v1.GetAccountResponse;
import ai.exaone.proto.identity.v1.ListProjectsResponse;
import ai.exaone.proto.identity.v1.Project;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where a command runs: which installation, as whom, and for which tenant and project. Its options stand on every command. */
public final class Surroundings {
    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The installation; else EXAONE_BASE_URL, else where you signed in.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "An API key to act with; else EXAONE_API_KEY, else your sign-in.")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "Id or name of the tenant; else EXAONE_TENANT, else the remembered one.")
    private Optional<String> tenant = Optional.empty();

    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            description = "Id or name of the project; else EXAONE_PROJECT, else the remembered one.")
    private Optional<String> project = Optional.empty();

    private final Map<String, String> environment;
    private final ProfileFile profileFile;
    private final PrintWriter out;
    private Optional<ApiClient> client = Optional.empty();
    private Optional<GetAccountResponse> account = Optional.empty();

    public Surroundings(Map<String, String> environment, ProfileFile profileFile, PrintWriter out) {
        this.environment = Map.copyOf(environment);
        this.profileFile = profileFile;
        this.out = out;
    }

    /** Where answers are printed. */
    public PrintWriter out() {
        return out;
    }

    public ProfileFile profileFile() {
        return profileFile;
    }

    /** The installation's URL, without a slash at the end. */
    public String baseUrl() {
        return url.or(() -> variable("EXAONE_BASE_URL"))
                .or(() -> profile().baseUrl())
                .orElse(DEFAULT_URL)
                .replaceFirst("/+$", "");
    }

    /** The management API as the caller. */
    public ApiClient client() {
        if (client.isEmpty()) {
            Optional<String> presented = key.or(() -> variable("EXAONE_API_KEY"));
            String base = baseUrl();
            client = Optional.of(
                    presented.isPresent()
                            ? new ApiClient(base, presented::get)
                            : new ApiClient(base, new SignedIn(new Realm(base), profileFile)));
        }
        return client.get();
    }

    /** The id of the tenant that the command is about. */
    public String tenantId() {
        Optional<String> named =
                tenant.or(() -> variable("EXAONE_TENANT")).or(() -> profile().tenant());
        List<AccountMembership> memberships = account().getAccount().getMembershipsList();
        if (named.isPresent()) {
            return memberships.stream()
                    .filter(membership -> membership.getTenantName().equals(named.get()))
                    .map(AccountMembership::getTenantId)
                    .findFirst()
                    .orElse(named.get());
        }
        if (memberships.size() == 1) {
            return memberships.getFirst().getTenantId();
        }
        String names =
                memberships.stream().map(AccountMembership::getTenantName).collect(Collectors.joining(", "));
        throw new CliException(
                memberships.isEmpty()
                        ? "You are in no tenant. Ask an admin for an invitation, or give --tenant."
                        : "You are in several tenants (" + names + "). Give --tenant, or: exaone use --tenant NAME");
    }

    /** The id of the project that the command is about. */
    public String projectId() {
        Optional<String> bound = account().getAccount().getMembershipsList().stream()
                .map(AccountMembership::getProjectId)
                .filter(id -> !id.isEmpty())
                .findFirst();
        Optional<String> named =
                project.or(() -> variable("EXAONE_PROJECT")).or(() -> profile().project());
        if (named.filter(text -> text.startsWith("prj_")).isPresent()) {
            return named.get();
        }
        if (bound.isPresent()) {
            return bound.get();
        }
        return chosen(projects(), named);
    }

    /** Makes a call and reads its answer. */
    public <T extends Message.Builder> T call(
            String verb, String path, Map<String, List<String>> query, Optional<String> body, T answer) {
        return read(client().call(verb, path, query, body), answer);
    }

    /** Reads an answer's JSON; fields of a later edition are passed over. */
    public static <T extends Message.Builder> T read(String json, T answer) {
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(json, answer);
            return answer;
        } catch (InvalidProtocolBufferException unreadable) {
            throw new CliException("The platform's answer cannot be read. Is the URL right?", unreadable);
        }
    }

    private GetAccountResponse account() {
        if (account.isEmpty()) {
            account = Optional.of(
                    call("GET", "/api/v1/account", Map.of(), Optional.empty(), GetAccountResponse.newBuilder())
                            .build());
        }
        return account.get();
    }

    private List<Project> projects() {
        String path = "/api/v1/tenants/" + ApiClient.segment(tenantId()) + "/projects";
        return call(
                        "GET",
                        path,
                        Map.of("pageSize", List.of("200")),
                        Optional.empty(),
                        ListProjectsResponse.newBuilder())
                .getProjectsList();
    }

    private static String chosen(List<Project> projects, Optional<String> named) {
        if (named.isPresent()) {
            return projects.stream()
                    .filter(project -> project.getName().equals(named.get()))
                    .map(Project::getProjectId)
                    .findFirst()
                    .orElseThrow(() -> new CliException("There is no project '" + named.get() + "' in this tenant."));
        }
        if (projects.size() == 1) {
            return projects.getFirst().getProjectId();
        }
        String names = projects.stream().map(Project::getName).collect(Collectors.joining(", "));
        throw new CliException(
                projects.isEmpty()
                        ? "The tenant has no project yet. Create one: exaone project create --name NAME"
                        : "The tenant has several projects (" + names
                                + "). Give --project, or: exaone use --project NAME");
    }

    private Profile profile() {
        return profileFile.read();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}

package ai.exaone.cli;

import ai.exaone.cli.http.ApiClient;
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
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Where a command runs: which installation, as whom, and for which tenant and project. Its options stand on every command. */
public final class Surroundings {
    private static final String DEFAULT_URL = "http://127.0.0.1:8080";
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s/?#@]+(/[^\\s?#]*)?");
    private static final String KEY = "EXAONE_API_KEY";
    /** Set by the program {@code exaone}, where an installation of this machine runs. */
    private static final String LOCAL_URL = "EXAONE_LOCAL_URL";

    private static final String KEY_HINT =
            "You act with the key in " + KEY + ". To act as yourself: unset " + KEY + ", and: exaone login";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The installation; else EXAONE_BASE_URL, else where you signed in, else this machine's.")
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
        String given = url.or(() -> variable("EXAONE_BASE_URL"))
                .or(() -> profileFile.read().baseUrl())
                .or(() -> variable(LOCAL_URL))
                .orElse(DEFAULT_URL)
                .replaceFirst("/+$", "");
        if (!WEB_ADDRESS.matcher(given).matches()) {
            throw new CliException("'" + given + "' is no URL of an installation, such as " + DEFAULT_URL + ".");
        }
        return given;
    }

    /** The management API as the caller. */
    public ApiClient client() {
        if (client.isEmpty()) {
            String base = baseUrl();
            client = Optional.of(
                    presentedKey().isPresent()
                            ? new ApiClient(base, presentedKey()::get, key.isPresent() ? "" : KEY_HINT)
                            : new ApiClient(base, new SignedIn(base, profileFile), ""));
        }
        return client.get();
    }

    /** Whether the command acts with an API key, which goes before a sign-in. */
    public boolean keyIsPresented() {
        return presentedKey().isPresent();
    }

    /** The id of the tenant that the command is about. */
    public String tenantId() {
        return namedTenantId().or(() -> remembered(Profile::tenant)).orElseGet(this::onlyTenantId);
    }

    /** The id of the tenant that the command names, by an option or in the environment. */
    public Optional<String> namedTenantId() {
        return tenant.or(() -> variable("EXAONE_TENANT")).map(this::tenantIdOf);
    }

    /** The id of the project that the command is about. */
    public String projectId() {
        return namedProjectId()
                .or(this::boundProjectId)
                .or(() -> remembered(Profile::project))
                .orElseGet(() -> onlyProjectId(projects()));
    }

    /** The id of the project that the command names, by an option or in the environment. */
    public Optional<String> namedProjectId() {
        return project.or(() -> variable("EXAONE_PROJECT")).map(this::projectIdOf);
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

    private String tenantIdOf(String named) {
        if (named.startsWith("tnt_")) {
            return named;
        }
        return memberships().stream()
                .filter(membership -> membership.getTenantName().equals(named))
                .map(AccountMembership::getTenantId)
                .findFirst()
                .orElseThrow(() -> new CliException(
                        "There is no tenant '" + named + "' that you may act in. Yours: " + tenantNames()));
    }

    private String onlyTenantId() {
        return switch (memberships().size()) {
            case 1 -> memberships().getFirst().getTenantId();
            case 0 -> throw new CliException("You are in no tenant. Ask an admin for an invitation, or give --tenant.");
            default ->
                throw new CliException("You may act in several tenants (" + tenantNames()
                        + "). Give --tenant, or: exaone use --tenant NAME");
        };
    }

    private String tenantNames() {
        return memberships().stream().map(AccountMembership::getTenantName).collect(Collectors.joining(", "));
    }

    private List<AccountMembership> memberships() {
        return account().getAccount().getMembershipsList();
    }

    private Optional<String> boundProjectId() {
        return memberships().stream()
                .map(AccountMembership::getProjectId)
                .filter(id -> !id.isEmpty())
                .findFirst();
    }

    private String projectIdOf(String named) {
        if (named.startsWith("prj_")) {
            return named;
        }
        List<Project> projects = projects();
        return projects.stream()
                .filter(found -> found.getName().equals(named))
                .map(Project::getProjectId)
                .findFirst()
                .orElseThrow(() -> new CliException("There is no project '" + named + "' in this tenant"
                        + (projects.isEmpty() ? "." : ". It has: " + names(projects))));
    }

    private static String onlyProjectId(List<Project> projects) {
        return switch (projects.size()) {
            case 1 -> projects.getFirst().getProjectId();
            case 0 ->
                throw new CliException("The tenant has no project yet. Create one: exaone project create --name NAME");
            default ->
                throw new CliException("The tenant has several projects (" + names(projects)
                        + "). Give --project, or: exaone use --project NAME");
        };
    }

    private static String names(List<Project> projects) {
        return projects.stream().map(Project::getName).collect(Collectors.joining(", "));
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

    /** What was remembered holds for who signed in, where that was: not for a key, which may be another tenant's. */
    private Optional<String> remembered(Function<Profile, Optional<String>> what) {
        return presentedKey().isPresent()
                ? Optional.empty()
                : Optional.of(profileFile.read())
                        .filter(profile -> profile.isAt(baseUrl()))
                        .flatMap(what);
    }

    private Optional<String> presentedKey() {
        return key.or(() -> variable(KEY));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}

package ai.exaone.identity.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Organizations in Keycloak. */
final class KeycloakOrganizations implements OrganizationDirectory {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final KeycloakAdministration administration;

    KeycloakOrganizations(KeycloakAdministration administration) {
        this.administration = administration;
    }

    @Override
    public void put(Organization organization) {
        Optional<String> id = find(organization);
        KeycloakHttp.Answer answer = id.isPresent()
                ? administration.put("/organizations/" + id.get(), changed(id.get(), organization))
                : administration.post("/organizations", representation(organization));
        if (!answer.isSuccess() && answer.status() != CONFLICT) {
            throw KeycloakHttp.unexpected("an organization", answer);
        }
    }

    @Override
    public void addMember(Organization organization, String subject) {
        put(organization);
        String path = "/organizations/" + require(organization) + "/members";
        KeycloakHttp.Answer answer = administration.post(path, subject);
        boolean already = answer.status() == CONFLICT;
        // What Keycloak answers for an account that does not exist.
        boolean gone = answer.status() == BAD_REQUEST || answer.status() == NOT_FOUND;
        if (!answer.isSuccess() && !already && !gone) {
            throw KeycloakHttp.unexpected("a new member", answer);
        }
    }

    @Override
    public void removeMember(Organization organization, String subject) {
        Optional<String> id = find(organization);
        if (id.isEmpty()) {
            return;
        }
        KeycloakHttp.Answer answer = administration.delete("/organizations/" + id.get() + "/members/" + subject);
        // What Keycloak answers for an account that is no member, or does not exist.
        boolean already = answer.status() == BAD_REQUEST || answer.status() == NOT_FOUND;
        if (!answer.isSuccess() && !already) {
            throw KeycloakHttp.unexpected("the removal of a member", answer);
        }
    }

    private String require(Organization organization) {
        return find(organization)
                .orElseThrow(() -> KeycloakHttp.unavailable(
                        new IllegalStateException("Organization " + organization.name() + " is not there yet")));
    }

    private Optional<String> find(Organization organization) {
        String query = "?exact=true&search=" + URLEncoder.encode(organization.name(), StandardCharsets.UTF_8);
        KeycloakHttp.Answer answer = administration.get("/organizations" + query);
        if (!answer.isSuccess()) {
            throw KeycloakHttp.unexpected("a search for an organization", answer);
        }
        for (JsonNode found : answer.body()) {
            if (found.path("name").asText().equals(organization.name())) {
                return Optional.of(found.path("id").asText());
            }
        }
        return Optional.empty();
    }

    /** What an administrator added to it in Keycloak, such as domains for federation, stays. */
    private JsonNode changed(String id, Organization organization) {
        KeycloakHttp.Answer answer = administration.get("/organizations/" + id);
        if (!answer.isSuccess() || !(answer.body() instanceof ObjectNode present)) {
            throw KeycloakHttp.unexpected("a question about an organization", answer);
        }
        return present.put("description", organization.description()).put("enabled", organization.enabled());
    }

    private static Map<String, Object> representation(Organization organization) {
        return Map.of(
                "name", organization.name(),
                "alias", organization.name(),
                "description", organization.description(),
                "enabled", organization.enabled());
    }
}

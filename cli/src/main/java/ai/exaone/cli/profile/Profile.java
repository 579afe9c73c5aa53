package ai.exaone.cli.profile;

import java.util.Optional;

/**
 * What is remembered between calls.
 *
 * @param baseUrl the installation's URL, without a slash at the end
 * @param refreshToken of a sign-in; never printed
 * @param tenant the tenant's id that commands are about unless they name another
 * @param project likewise
 */
public record Profile(
        Optional<String> baseUrl, Optional<String> refreshToken, Optional<String> tenant, Optional<String> project) {
    static final Profile EMPTY = new Profile(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether it is of the installation at this URL. */
    public boolean isAt(String url) {
        return baseUrl.filter(url::equals).isPresent();
    }

    public Profile withSignIn(String url, String token) {
        boolean same = isAt(url);
        return new Profile(
                Optional.of(url),
                Optional.of(token),
                same ? tenant : Optional.empty(),
                same ? project : Optional.empty());
    }

    public Profile withRefreshToken(Optional<String> token) {
        return new Profile(baseUrl, token, tenant, project);
    }

    public Profile withDefaults(Optional<String> newTenant, Optional<String> newProject) {
        return new Profile(baseUrl, refreshToken, newTenant, newProject);
    }

    @Override
    public String toString() {
        return "Profile[baseUrl=" + baseUrl + ", tenant=" + tenant + ", project=" + project + "]";
    }
}

package ai.exaone.gateway.auth;

import java.util.Optional;

/** The head of a request, as far as it says who sends it. */
public interface RequestHead {
    /** Its method, in upper case. */
    String method();

    /** The first header of a name, whose case does not matter. */
    Optional<String> header(String name);
}

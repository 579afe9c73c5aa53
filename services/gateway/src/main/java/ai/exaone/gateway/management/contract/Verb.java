package ai.exaone.gateway.management.contract;

/** The HTTP methods that contracts use. */
public enum Verb {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}

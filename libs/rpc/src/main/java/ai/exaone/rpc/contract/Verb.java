package ai.exaone.rpc.contract;

/** The HTTP methods that contracts use. */
public enum Verb {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}

package ai.exaone.standalone.settings;

/** How the services are spread over processes. */
public enum ProcessLayout {
    /** All five in one JVM, calling one another in-process. */
    ONE_PROCESS,
    /** A JVM each, over mutual TLS on loopback. */
    PROCESS_PER_SERVICE
}

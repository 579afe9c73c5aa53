package ai.exaone.serving.deployment;

/** What is asked of a deployment. Names are stored. */
public enum DesiredState {
    RUNNING,
    STOPPED
}

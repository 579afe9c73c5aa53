package ai.exaone.serving.launcher.process;

import org.jspecify.annotations.Nullable;

/**
 * What is written down of an engine, so that it is found again.
 *
 * @param name begins the names of its files: {@code engine-MODEL-N}
 * @param pid 0 until the process was started
 * @param birth see {@link ProcessIdentity}; null until the process was started
 */
record EngineRecord(
        String name,
        String replica,
        String deployment,
        int index,
        String digest,
        int port,
        String key,
        long pid,
        @Nullable String birth) {
    EngineRecord started(ProcessIdentity process) {
        return new EngineRecord(name, replica, deployment, index, digest, port, key, process.pid(), process.birth());
    }
}

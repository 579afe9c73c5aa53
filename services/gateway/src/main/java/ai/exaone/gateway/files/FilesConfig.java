package ai.exaone.gateway.files;

import java.time.Duration;

/**
 * What is kept of files.
 *
 * @param longestFile bytes of one file
 * @param mostBytes bytes of all files of one project
 * @param retention how long a file is kept unless its caller says otherwise
 */
public record FilesConfig(long longestFile, long mostBytes, Duration retention) {}

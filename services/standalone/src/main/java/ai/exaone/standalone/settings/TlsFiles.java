package ai.exaone.standalone.settings;

import java.nio.file.Path;

/**
 * The public port's certificate.
 *
 * @param certificate chain in PEM, the server's own first
 * @param key its private key in PEM
 */
public record TlsFiles(Path certificate, Path key) {}

package ai.exaone.cli.http;

import ai.exaone.cli.CliException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says why an installation does not answer, and what to look at. */
public final class Unreachable {
    private Unreachable() {}

    public static CliException at(String baseUrl, IOException failure) {
        return new CliException(baseUrl + " cannot be reached: " + reason(failure), failure);
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case ConnectException unknown
            when unknown.getCause() instanceof ConnectException inner
                    && inner.getCause() instanceof UnresolvedAddressException ->
                "this machine does not know that name. Is the URL right?";
            case ConnectException refused -> "nothing listens there. Is the platform up? Try: ./exaone status";
            case HttpTimeoutException silent -> "it does not answer in time. Try: ./exaone status";
            case SSLException untrusted ->
                "no secure connection: " + untrusted.getMessage()
                        + ".\nWhere its certificate is of your site's own authority, name that authority's file (PEM): export "
                        + TrustedAuthorities.VARIABLE + "=FILE";
            default ->
                (failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage())
                        + ". Is the URL right?";
        };
    }
}

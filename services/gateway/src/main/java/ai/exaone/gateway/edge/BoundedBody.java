package ai.exaone.gateway.edge;

import ai.exaone.errors.PlatformException;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body whole, if it is not larger than it may be. */
public final class BoundedBody {
    private BoundedBody() {}

    /**
     * Reads a body. Waits for it.
     *
     * @param limit in bytes
     * @throws PlatformException BODY_TOO_LARGE, or MALFORMED_REQUEST when it does not arrive whole
     */
    public static byte[] read(ServerHttpRequest<?> request, int limit) {
        if (request.getContentLength() > limit) {
            throw tooLarge(limit);
        }
        try (InputStream stream = request.byteBody().toInputStream()) {
            byte[] body = stream.readNBytes(limit + 1);
            if (body.length > limit) {
                throw tooLarge(limit);
            }
            return body;
        } catch (ContentLengthExceededException larger) {
            throw tooLarge(limit);
        } catch (IOException broken) {
            throw PlatformException.because(EdgeError.MALFORMED_REQUEST, "The body did not arrive whole.")
                    .cause(broken)
                    .build();
        }
    }

    private static PlatformException tooLarge(int limit) {
        return PlatformException.because(EdgeError.BODY_TOO_LARGE, "The body is larger than " + limit + " bytes.")
                .metadata("limitBytes", Integer.toString(limit))
                .build();
    }
}

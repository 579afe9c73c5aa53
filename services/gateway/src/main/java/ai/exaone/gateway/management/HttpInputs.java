package ai.exaone.gateway.management;

import ai.exaone.errors.PlatformException;
import ai.exaone.gateway.management.transcode.HttpInput;
import ai.exaone.gateway.management.transcode.TranscodeError;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a management request says, within bounds. */
final class HttpInputs {
    /** No management request is nearly as large. */
    static final int LARGEST_BODY = 1 << 20;

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private HttpInputs() {}

    /**
     * Reads a request.
     *
     * @throws PlatformException with a {@link TranscodeError} when its body is too large or of another media type
     */
    static HttpInput read(ServerHttpRequest<?> request) {
        byte[] body = body(request);
        if (body.length > 0 && !isJson(request)) {
            throw new PlatformException(
                    TranscodeError.UNSUPPORTED_MEDIA_TYPE, "The body must be of media type application/json.");
        }
        Map<String, List<String>> query = new LinkedHashMap<>();
        request.getParameters().forEach(query::put);
        return new HttpInput(
                query,
                body,
                request.getHeaders().findFirst(IDEMPOTENCY_KEY),
                request.getHeaders().findFirst(LAST_EVENT_ID));
    }

    private static byte[] body(ServerHttpRequest<?> request) {
        if (request.getContentLength() > LARGEST_BODY) {
            throw tooLarge();
        }
        try (InputStream stream = request.byteBody().toInputStream()) {
            byte[] body = stream.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw tooLarge();
            }
            return body;
        } catch (ContentLengthExceededException larger) {
            throw tooLarge();
        } catch (IOException broken) {
            throw PlatformException.because(TranscodeError.MALFORMED_REQUEST, "The body did not arrive whole.")
                    .cause(broken)
                    .build();
        }
    }

    private static PlatformException tooLarge() {
        return PlatformException.because(
                        TranscodeError.BODY_TOO_LARGE, "The body is larger than " + LARGEST_BODY + " bytes.")
                .metadata("limitBytes", Integer.toString(LARGEST_BODY))
                .build();
    }

    private static boolean isJson(ServerHttpRequest<?> request) {
        return request.getHeaders()
                .findFirst(HttpHeaders.CONTENT_TYPE)
                .map(type -> type.split(";", 2)[0].strip())
                .filter(MediaType.APPLICATION_JSON::equalsIgnoreCase)
                .isPresent();
    }
}

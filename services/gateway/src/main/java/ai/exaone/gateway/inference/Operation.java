package ai.exaone.gateway.inference;

import ai.exaone.gateway.auth.Caller;
import ai.exaone.gateway.files.CallerFiles;
import ai.exaone.gateway.files.FileUpload;
import ai.exaone.gateway.openai.Endpoint;
import java.io.InputStream;
import java.util.Map;

/** What a request asks for, by its method and path. */
sealed interface Operation {
    /** A model is called. */
    record Infer(Endpoint endpoint) implements Operation {}

    /**
     * A model is called by an API that is translated.
     *
     * @param path as it is recorded
     */
    record Translate(String path, TranslatedApi api) implements Operation {}

    /** Something is answered without a model: nothing is counted. */
    record Look(Answering answering) implements Operation {}

    /** Something is answered about what is sent, without a model: nothing is counted. */
    record Examine(Examining examining) implements Operation {}

    /**
     * Something is made or changed by what is sent, without a model. Where that fails for a reason of ours it may have been done all the
     * same.
     */
    record Make(Examining making) implements Operation {}

    /** A file is taken in. */
    record Upload(Uploading uploading) implements Operation {}

    /** A file is given out. */
    record Download(Downloading downloading) implements Operation {}

    /**
     * An answer in JSON.
     *
     * @param headers names in lower case
     */
    record Reply(byte[] json, Map<String, String> headers) {
        static Reply of(byte[] json) {
            return new Reply(json, Map.of());
        }
    }

    /** Answers. May block. */
    interface Answering {
        /**
         * Answers.
         *
         * @param query the first value of each parameter
         */
        Reply answer(Caller caller, Map<String, String> query);
    }

    /** Answers about a body. May block. */
    interface Examining {
        Reply answer(Caller caller, String requestId, byte[] body);
    }

    /** Takes a file in. */
    interface Uploading {
        FileUpload begin(Caller caller, String contentType, InputStream body);
    }

    /** Finds what is in a file. May block. */
    interface Downloading {
        CallerFiles.Content open(Caller caller);
    }
}

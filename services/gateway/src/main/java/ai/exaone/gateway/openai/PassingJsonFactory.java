package ai.exaone.gateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.IOException;

/**
 * Makes Jackson's parsers, which pass over texts that nobody reads several times as fast: a prompt may be most of a request. What is
 * right and what is not is Jackson's to say as before.
 */
final class PassingJsonFactory extends JsonFactory {
    private static final long serialVersionUID = 1;

    PassingJsonFactory(JsonFactoryBuilder builder) {
        super(builder);
    }

    @Override
    protected JsonParser _createParser(byte[] bytes, int offset, int length, IOContext context) throws IOException {
        // Whatever may be another encoding than UTF-8, or begins with a mark of one, is looked at more closely.
        if (length < 2 || bytes[offset] <= 0 || bytes[offset + 1] == 0) {
            return super._createParser(bytes, offset, length, context);
        }
        return new Passing(
                context,
                _parserFeatures,
                _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures),
                bytes,
                offset,
                offset + length);
    }

    private static final class Passing extends UTF8StreamJsonParser {
        Passing(IOContext context, int features, ByteQuadsCanonicalizer names, byte[] bytes, int start, int end) {
            super(context, features, null, null, names, bytes, start, end, 0, false);
        }

        @Override
        protected void _skipString() throws IOException {
            _inputPtr = TextPassage.end(_inputBuffer, _inputPtr, _inputEnd);
            super._skipString();
        }
    }
}

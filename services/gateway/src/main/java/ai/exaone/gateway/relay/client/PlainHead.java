package ai.exaone.gateway.relay.client;

import ai.exaone.gateway.relay.wire.PlainHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plain head: see {@link PlainHeadReader}. */
record PlainHead(String target, boolean keepsAlive, long bodyLength, PlainHeaders lines) implements ExchangeHead {
    @Override
    public String method() {
        return "POST";
    }

    @Override
    public boolean isOld() {
        return false;
    }

    @Override
    public boolean awaitsContinue() {
        return false;
    }

    @Override
    public boolean isMalformed() {
        return false;
    }

    @Override
    public @Nullable String header(CharSequence name) {
        return lines.first(name);
    }

    @Override
    public List<String> headers(CharSequence name) {
        return lines.all(name);
    }
}

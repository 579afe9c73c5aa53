package ai.exaone.gateway.relay.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plain head (see {@link PlainHeadReader}): its bytes, and where its headers lie in them. No header becomes an object unless asked for. */
final class PlainHead implements ExchangeHead {
    /** Of each header: where its name begins and ends, and where its value does. */
    static final int PLACES = 4;

    private final String target;
    private final boolean keepsAlive;
    private final long bodyLength;
    private final byte[] bytes;
    private final int[] places;

    PlainHead(String target, boolean keepsAlive, long bodyLength, byte[] bytes, int[] places) {
        this.target = target;
        this.keepsAlive = keepsAlive;
        this.bodyLength = bodyLength;
        this.bytes = bytes;
        this.places = places;
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public boolean isOld() {
        return false;
    }

    @Override
    public boolean keepsAlive() {
        return keepsAlive;
    }

    @Override
    public long bodyLength() {
        return bodyLength;
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
        for (int at = 0; at < places.length; at += PLACES) {
            if (isNamed(name, at)) {
                return value(at);
            }
        }
        return null;
    }

    @Override
    public List<String> headers(CharSequence name) {
        List<String> values = new ArrayList<>(1);
        for (int at = 0; at < places.length; at += PLACES) {
            if (isNamed(name, at)) {
                values.add(value(at));
            }
        }
        return values;
    }

    private boolean isNamed(CharSequence name, int at) {
        int start = places[at];
        return places[at + 1] - start == name.length() && PlainHeadReader.isText(bytes, start, name);
    }

    private String value(int at) {
        return new String(bytes, places[at + 2], places[at + 3] - places[at + 2], StandardCharsets.ISO_8859_1);
    }
}

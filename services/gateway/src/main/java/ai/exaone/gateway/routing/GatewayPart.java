package ai.exaone.gateway.routing;

/**
 * Which part of each replica's places is this gateway's. All gateways work it out alike and come to the whole together, but where there are
 * fewer places than gateways: then each has one, and the engine sorts it out.
 *
 * @param position of this gateway among them, from 0
 * @param gateways how many there are, 1 or more
 */
record GatewayPart(int position, int gateways) {
    /** There is no other gateway. */
    static final GatewayPart WHOLE = new GatewayPart(0, 1);

    GatewayPart {
        if (gateways < 1 || position < 0 || position >= gateways) {
            throw new IllegalArgumentException("Gateway " + position + " of " + gateways + " is none");
        }
    }

    /**
     * This gateway's part.
     *
     * @param places of all; 0 for any number
     * @param replica the replica's number, so that not the same gateway has what is left over at all of them
     */
    int of(int places, int replica) {
        if (places == 0) {
            return 0;
        }
        int leftOver = places % gateways;
        boolean hasOneMore = (position + replica) % gateways < leftOver;
        return Math.max(1, places / gateways + (hasOneMore ? 1 : 0));
    }
}

package ai.exaone.gateway.admission.slice;

/** To whom tenants say that quota should hear of them. Does not block; called under a tenant's lock, with the present time. */
interface Exchanges {
    /** A tenant has something to say. */
    void speaks(TenantAccounts tenant);

    /** Something was used that quota does not know of: within half a second is early enough. */
    void news(long now);

    /** A slice will be used up before long, or others wait to hear what becomes of it. */
    void low(long now);

    /** A slice was too small for a request, or others wait for what is not used of it. */
    void starved(long now);
}

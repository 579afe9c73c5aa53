package ai.exaone.identity.keycloak;

import ai.exaone.errors.PlatformException;

/**
 * The organizations that mirror tenants. Every method makes a state come true, whatever it is now, and may be repeated; each may fail
 * with SIGN_IN_UNAVAILABLE. Thread-safe.
 */
public interface OrganizationDirectory {
    /** Makes the organization as it shall be; its short name says which it is. */
    void put(Organization organization) throws PlatformException;

    /** Makes an account a member of the organization, which is made before. An account that is gone stays gone. */
    void addMember(Organization organization, String subject) throws PlatformException;

    /** Makes an account no member of the organization. */
    void removeMember(Organization organization, String subject) throws PlatformException;
}

package ai.exaone.identity.membership;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Act;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.InvitationId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.keycloak.TemporaryPassword;
import ai.exaone.identity.lock.KeyedLocks;
import ai.exaone.identity.person.Person;
import ai.exaone.identity.person.PersonStore;
import ai.exaone.ids.IdGenerator;
import ai.exaone.store.creation.Creation;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What is done with invitations. Thread-safe. */
public final class Invitations {
    static final Duration VALIDITY = Duration.ofDays(7);

    private final InvitationStore store;
    private final MemberStore members;
    private final PersonStore people;
    private final InvitedAccounts accounts;
    private final SecureRandom random;
    private final NewInvitations made;
    private final KeyedLocks addresses = new KeyedLocks();

    public Invitations(
            InvitationStore store,
            MemberStore members,
            PersonStore people,
            InvitedAccounts accounts,
            SecureRandom random,
            NewInvitations made) {
        this.store = store;
        this.members = members;
        this.people = people;
        this.accounts = accounts;
        this.random = random;
        this.made = made;
    }

    /** Makes new invitations, which have an id and an end. */
    public record NewInvitations(IdGenerator ids, Clock clock) {
        Invitation make(TenantId tenantId, String email, Role role, Actor actor) {
            Instant now = clock.instant();
            return new Invitation(
                    new InvitationId(ids.next(InvitationId.PREFIX)),
                    tenantId,
                    email,
                    role,
                    actor.subject(),
                    now,
                    now.plus(VALIDITY));
        }
    }

    /**
     * An invitation and what is shown of it once.
     *
     * @param token the secret part of its link; empty where the request was repeated
     * @param firstPassword for who has no account yet
     */
    record Created(Invitation invitation, Optional<InvitationToken> token, Optional<TemporaryPassword> firstPassword) {}

    /**
     * Invites somebody. The same address one at a time: of two equal requests at once, the second must find the first one's result,
     * and not reset the password that the first one shows.
     *
     * @throws PlatformException MEMBER_EXISTS, REQUEST_ID_REUSED; SIGN_IN_UNAVAILABLE for somebody who has not been seen here before
     */
    Created create(
            TenantId tenantId, String mixedCaseEmail, Role role, Optional<CreationRequest> request, Actor actor) {
        String email = mixedCaseEmail.toLowerCase(Locale.ROOT);
        return addresses.holding(email, () -> createAlone(tenantId, email, role, request, actor));
    }

    private Created createAlone(
            TenantId tenantId, String email, Role role, Optional<CreationRequest> request, Actor actor) {
        Optional<Invitation> first = request.flatMap(store::findRepeated);
        if (first.isPresent()) {
            return new Created(first.get(), Optional.empty(), Optional.empty());
        }
        InvitedAccounts.Invited invited = accounts.ensure(email, tenantId);
        if (members.roleOf(tenantId, invited.person().id()).isPresent()) {
            throw new PlatformException(MemberError.MEMBER_EXISTS, "That person is a member of the tenant already.");
        }
        InvitationToken token = InvitationToken.generate(random);
        Invitation invitation = made.make(tenantId, email, role, actor);
        return switch (store.insert(invitation, token.hash(), request, new Act(actor, "invitation.create"))) {
            case Creation.Made<Invitation>(Invitation stored) ->
                new Created(stored, Optional.of(token), invited.firstPassword());
            case Creation.Repeated<Invitation>(Invitation stored) ->
                new Created(stored, Optional.empty(), Optional.empty());
        };
    }

    Page<Invitation> list(TenantId tenantId, PageRequest page) {
        return store.listOpen(tenantId, page);
    }

    void withdraw(TenantId tenantId, InvitationId invitationId, Actor actor) {
        store.withdraw(tenantId, invitationId, new Act(actor, "invitation.delete"));
    }

    /**
     * Makes somebody the member that the invitation promises.
     *
     * @throws PlatformException INVITATION_NOT_FOUND, INVITATION_EXPIRED, INVITATION_FOR_ANOTHER_PERSON, MEMBER_EXISTS,
     *     TENANT_SUSPENDED
     */
    Member accept(String token, UserId userId, Actor actor) {
        Person person = people.find(userId).orElseThrow(MemberError::invitationNotFound);
        return store.accept(new InvitationToken(token).hash(), person, new Act(actor, "member.create"));
    }
}

package ai.exaone.identity.account;

import ai.exaone.identity.membership.MemberWire;
import ai.exaone.proto.identity.v1.AccountMembership;
import ai.exaone.proto.identity.v1.AccountServiceGrpc;
import ai.exaone.proto.identity.v1.GetAccountRequest;
import ai.exaone.proto.identity.v1.GetAccountResponse;
import ai.exaone.rpc.CallContext;
import io.grpc.stub.StreamObserver;

/** The caller's own account on the wire. */
public final class AccountEndpoint extends AccountServiceGrpc.AccountServiceImplBase {
    private final Accounts accounts;

    public AccountEndpoint(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> responses) {
        Account account = accounts.of(CallContext.current().requirePrincipal());
        var wire = ai.exaone.proto.identity.v1.Account.newBuilder()
                .setSubject(account.subject())
                .setEmail(account.email())
                .setDisplayName(account.displayName());
        account.platformPermissions().stream().sorted().forEach(wire::addPlatformPermissions);
        account.places().stream().map(AccountEndpoint::membership).forEach(wire::addMemberships);
        responses.onNext(GetAccountResponse.newBuilder().setAccount(wire).build());
        responses.onCompleted();
    }

    private static AccountMembership membership(Account.Place place) {
        var wire = AccountMembership.newBuilder()
                .setTenantId(place.tenant().id().value())
                .setTenantName(place.tenant().name())
                .setTenantDisplayName(place.tenant().displayName())
                .setTenantTimeZone(place.tenant().timeZone().getId())
                .setProjectId(place.projectId().orElse(""));
        place.role().map(MemberWire::of).ifPresent(wire::setRole);
        place.permissions().stream().sorted().forEach(wire::addPermissions);
        return wire.build();
    }
}

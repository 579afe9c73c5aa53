package ai.exaone.identity.membership;

import ai.exaone.errors.PlatformException;
import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.InvitationId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.identity.id.UserId;
import ai.exaone.identity.keycloak.TemporaryPassword;
import ai.exaone.proto.identity.v1.AcceptInvitationRequest;
import ai.exaone.proto.identity.v1.AcceptInvitationResponse;
import ai.exaone.proto.identity.v1.CreateInvitationRequest;
import ai.exaone.proto.identity.v1.CreateInvitationResponse;
import ai.exaone.proto.identity.v1.DeleteInvitationRequest;
import ai.exaone.proto.identity.v1.DeleteInvitationResponse;
import ai.exaone.proto.identity.v1.ListInvitationsRequest;
import ai.exaone.proto.identity.v1.ListInvitationsResponse;
import ai.exaone.proto.identity.v1.ListMembersRequest;
import ai.exaone.proto.identity.v1.ListMembersResponse;
import ai.exaone.proto.identity.v1.MemberServiceGrpc;
import ai.exaone.proto.identity.v1.RemoveMemberRequest;
import ai.exaone.proto.identity.v1.RemoveMemberResponse;
import ai.exaone.proto.identity.v1.UpdateMemberRequest;
import ai.exaone.proto.identity.v1.UpdateMemberResponse;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;
import java.net.URI;

/** Members and invitations on the wire. */
public final class MemberEndpoint extends MemberServiceGrpc.MemberServiceImplBase {
    private static final String ACCEPT_PAGE = "/console/invitations/accept?token=";

    private final Members members;
    private final Invitations invitations;
    private final URI publicUrl;

    /**
     * @param publicUrl the installation's address as browsers see it: the beginning of invitations' links
     */
    public MemberEndpoint(Members members, Invitations invitations, URI publicUrl) {
        this.members = members;
        this.invitations = invitations;
        this.publicUrl = publicUrl;
    }

    @Override
    public void listMembers(ListMembersRequest request, StreamObserver<ListMembersResponse> responses) {
        Page<Member> page = members.list(
                new TenantId(request.getTenantId()), PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListMembersResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(MemberWire::of).forEach(response::addMembers);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void updateMember(UpdateMemberRequest request, StreamObserver<UpdateMemberResponse> responses) {
        // The mask can name nothing else: a member's only field that changes is the role.
        Member member = members.changeRole(
                new TenantId(request.getTenantId()),
                new UserId(request.getUserId()),
                MemberWire.role(request.getMember().getRole()),
                Actor.current());
        responses.onNext(UpdateMemberResponse.newBuilder()
                .setMember(MemberWire.of(member))
                .build());
        responses.onCompleted();
    }

    @Override
    public void removeMember(RemoveMemberRequest request, StreamObserver<RemoveMemberResponse> responses) {
        members.remove(new TenantId(request.getTenantId()), new UserId(request.getUserId()), Actor.current());
        responses.onNext(RemoveMemberResponse.getDefaultInstance());
        responses.onCompleted();
    }

    @Override
    public void createInvitation(CreateInvitationRequest request, StreamObserver<CreateInvitationResponse> responses) {
        Invitations.Created created = invitations.create(
                new TenantId(request.getTenantId()),
                request.getInvitation().getEmail(),
                MemberWire.role(request.getInvitation().getRole()),
                CreationRequest.of(request.getTenantId(), request),
                Actor.current());
        responses.onNext(CreateInvitationResponse.newBuilder()
                .setInvitation(MemberWire.of(created.invitation()))
                .setAcceptUrl(created.token().map(this::link).orElse(""))
                .setTemporaryPassword(
                        created.firstPassword().map(TemporaryPassword::text).orElse(""))
                .build());
        responses.onCompleted();
    }

    @Override
    public void listInvitations(ListInvitationsRequest request, StreamObserver<ListInvitationsResponse> responses) {
        Page<Invitation> page = invitations.list(
                new TenantId(request.getTenantId()), PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListInvitationsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(MemberWire::of).forEach(response::addInvitations);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void deleteInvitation(DeleteInvitationRequest request, StreamObserver<DeleteInvitationResponse> responses) {
        invitations.withdraw(
                new TenantId(request.getTenantId()), new InvitationId(request.getInvitationId()), Actor.current());
        responses.onNext(DeleteInvitationResponse.getDefaultInstance());
        responses.onCompleted();
    }

    @Override
    public void acceptInvitation(AcceptInvitationRequest request, StreamObserver<AcceptInvitationResponse> responses) {
        Principal principal = CallContext.current().requirePrincipal();
        if (principal.kind() != Principal.Kind.USER) {
            throw new PlatformException(
                    MemberError.INVITATION_NEEDS_A_PERSON, "Only a person can accept an invitation.");
        }
        Member member = invitations.accept(request.getToken(), new UserId(principal.subject()), Actor.current());
        responses.onNext(AcceptInvitationResponse.newBuilder()
                .setMember(MemberWire.of(member))
                .build());
        responses.onCompleted();
    }

    private String link(InvitationToken token) {
        return publicUrl + ACCEPT_PAGE + token.text();
    }
}

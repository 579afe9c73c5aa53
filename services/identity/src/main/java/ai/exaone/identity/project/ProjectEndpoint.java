package ai.exaone.identity.project;

import ai.exaone.identity.audit.Actor;
import ai.exaone.identity.id.ProjectId;
import ai.exaone.identity.id.TenantId;
import ai.exaone.proto.identity.v1.CreateProjectRequest;
import ai.exaone.proto.identity.v1.CreateProjectResponse;
import ai.exaone.proto.identity.v1.DeleteProjectRequest;
import ai.exaone.proto.identity.v1.DeleteProjectResponse;
import ai.exaone.proto.identity.v1.GetProjectRequest;
import ai.exaone.proto.identity.v1.GetProjectResponse;
import ai.exaone.proto.identity.v1.ListProjectsRequest;
import ai.exaone.proto.identity.v1.ListProjectsResponse;
import ai.exaone.proto.identity.v1.ProjectServiceGrpc;
import ai.exaone.proto.identity.v1.UpdateProjectRequest;
import ai.exaone.proto.identity.v1.UpdateProjectResponse;
import ai.exaone.rpc.TimeWire;
import ai.exaone.store.creation.CreationRequest;
import ai.exaone.store.paging.Page;
import ai.exaone.store.paging.PageRequest;
import io.grpc.stub.StreamObserver;

/** Projects on the wire. */
public final class ProjectEndpoint extends ProjectServiceGrpc.ProjectServiceImplBase {
    private final Projects projects;

    public ProjectEndpoint(Projects projects) {
        this.projects = projects;
    }

    @Override
    public void createProject(CreateProjectRequest request, StreamObserver<CreateProjectResponse> responses) {
        Project project = projects.create(
                new TenantId(request.getTenantId()),
                request.getProject().getName(),
                request.getProject().getDisplayName(),
                CreationRequest.of(request.getTenantId(), request),
                Actor.current());
        responses.onNext(
                CreateProjectResponse.newBuilder().setProject(wire(project)).build());
        responses.onCompleted();
    }

    @Override
    public void getProject(GetProjectRequest request, StreamObserver<GetProjectResponse> responses) {
        Project project = projects.get(new TenantId(request.getTenantId()), new ProjectId(request.getProjectId()));
        responses.onNext(
                GetProjectResponse.newBuilder().setProject(wire(project)).build());
        responses.onCompleted();
    }

    @Override
    public void listProjects(ListProjectsRequest request, StreamObserver<ListProjectsResponse> responses) {
        Page<Project> page = projects.list(
                new TenantId(request.getTenantId()), PageRequest.of(request.getPageSize(), request.getPageToken()));
        var response = ListProjectsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.items().stream().map(ProjectEndpoint::wire).forEach(response::addProjects);
        responses.onNext(response.build());
        responses.onCompleted();
    }

    @Override
    public void updateProject(UpdateProjectRequest request, StreamObserver<UpdateProjectResponse> responses) {
        // The mask can name nothing else: a project's only field that changes is its display name.
        Project project = projects.rename(
                new TenantId(request.getTenantId()),
                new ProjectId(request.getProjectId()),
                request.getProject().getDisplayName(),
                Actor.current());
        responses.onNext(
                UpdateProjectResponse.newBuilder().setProject(wire(project)).build());
        responses.onCompleted();
    }

    @Override
    public void deleteProject(DeleteProjectRequest request, StreamObserver<DeleteProjectResponse> responses) {
        projects.delete(new TenantId(request.getTenantId()), new ProjectId(request.getProjectId()), Actor.current());
        responses.onNext(DeleteProjectResponse.getDefaultInstance());
        responses.onCompleted();
    }

    private static ai.exaone.proto.identity.v1.Project wire(Project project) {
        return ai.exaone.proto.identity.v1.Project.newBuilder()
                .setProjectId(project.id().value())
                .setTenantId(project.tenantId().value())
                .setName(project.name())
                .setDisplayName(project.displayName())
                .setCreateTime(TimeWire.of(project.createdAt()))
                .build();
    }
}

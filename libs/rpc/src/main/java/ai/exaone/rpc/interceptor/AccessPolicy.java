package ai.exaone.rpc.interceptor;

import ai.exaone.errors.PlatformException;
import ai.exaone.proto.access.v1.Access;
import ai.exaone.proto.access.v1.AccessRule;
import ai.exaone.proto.access.v1.Scope;
import ai.exaone.rpc.CallContext;
import ai.exaone.rpc.Principal;
import ai.exaone.rpc.RpcError;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Optional;

/** The access rule of one RPC, as `exaone.access.v1.rule` in its proto states it. */
record AccessPolicy(AccessRule rule) {
    private static final String TENANT_FIELD = "tenant_id";
    private static final String PROJECT_FIELD = "project_id";

    static AccessPolicy of(MethodDescriptor<?, ?> method) {
        if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema) {
            return new AccessPolicy(schema.getMethodDescriptor().getOptions().getExtension(Access.rule));
        }
        return new AccessPolicy(AccessRule.getDefaultInstance());
    }

    /** What can be decided before the request has arrived. */
    void checkCaller(CallContext context) {
        switch (rule.getCallerCase()) {
            case AUTHENTICATED -> context.requirePrincipal();
            case PERMISSION -> checkPermission(context.requirePrincipal());
            case SERVICES -> checkService(context);
            case CALLER_NOT_SET -> throw denied("This method is open to nobody.");
        }
    }

    /** What the request decides: whose it is. */
    void checkRequest(CallContext context, Message request) {
        if (rule.getScope() != Scope.SCOPE_TENANT) {
            return;
        }
        Principal principal = context.requirePrincipal();
        if (!field(request, TENANT_FIELD).equals(principal.tenantId())) {
            throw notFound("There is no such tenant.");
        }
        Optional<String> project = field(request, PROJECT_FIELD).filter(id -> !id.isEmpty());
        if (project.isPresent() && principal.projectId().isPresent() && !project.equals(principal.projectId())) {
            throw notFound("There is no such project.");
        }
        if (!principal.may(rule.getPermission())) {
            throw missing();
        }
    }

    private void checkPermission(Principal principal) {
        switch (rule.getScope()) {
            case SCOPE_PLATFORM -> {
                if (!principal.may(rule.getPermission())) {
                    throw missing();
                }
            }
            // Decided with the request: a stranger learns that there is no such tenant, not that it lacks a permission.
            case SCOPE_TENANT -> {}
            case SCOPE_UNSPECIFIED, UNRECOGNIZED -> throw denied("This method is open to nobody.");
        }
    }

    private void checkService(CallContext context) {
        boolean allowed = context.callerService()
                .filter(service -> rule.getServices().getNamesList().contains(service.wireName()))
                .isPresent();
        if (!allowed) {
            throw denied("This method is not open to the calling service.");
        }
    }

    private static Optional<String> field(Message request, String name) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
        return field == null ? Optional.empty() : Optional.of((String) request.getField(field));
    }

    private PlatformException missing() {
        return PlatformException.because(
                        RpcError.PERMISSION_DENIED, "This needs the permission " + rule.getPermission() + ".")
                .metadata("permission", rule.getPermission())
                .build();
    }

    private static PlatformException denied(String message) {
        return new PlatformException(RpcError.PERMISSION_DENIED, message);
    }

    private static PlatformException notFound(String message) {
        return new PlatformException(RpcError.RESOURCE_NOT_FOUND, message);
    }
}

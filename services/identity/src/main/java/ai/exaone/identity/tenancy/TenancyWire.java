package ai.exaone.identity.tenancy;

import ai.exaone.identity.project.Project;
import ai.exaone.identity.tenant.Tenant;
import ai.exaone.proto.identity.internal.v1.DeletedProject;
import ai.exaone.proto.identity.internal.v1.TenancyEntry;
import ai.exaone.proto.identity.internal.v1.TenantProperties;

/** Values of the log {@code tenancy} as bytes. */
final class TenancyWire {
    private TenancyWire() {}

    static byte[] serialised(Tenant tenant) {
        return TenancyEntry.newBuilder()
                .setTenant(TenantProperties.newBuilder()
                        .setTenantId(tenant.id().value())
                        .setTimeZone(tenant.timeZone().getId()))
                .build()
                .toByteArray();
    }

    static byte[] serialised(Project gone) {
        return TenancyEntry.newBuilder()
                .setDeletedProject(DeletedProject.newBuilder()
                        .setProjectId(gone.id().value())
                        .setTenantId(gone.tenantId().value()))
                .build()
                .toByteArray();
    }
}

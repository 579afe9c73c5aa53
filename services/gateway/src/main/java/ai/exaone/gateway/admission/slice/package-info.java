/**
 * Owns the slices of limits that quota granted to this gateway: most calls are admitted from them, without asking. Enter at
 * {@link ai.exaone.gateway.admission.slice.SliceAdmission}.
 *
 * <p>{@link ai.exaone.gateway.admission.slice.LimitFeed} keeps a copy of all limits. {@link ai.exaone.gateway.admission.slice.Tenants}
 * has what is taken and granted, by tenant; one tenant's {@link ai.exaone.gateway.admission.slice.TenantAccounts} decide under one short
 * lock, so that a call takes from all limits above it or from none. {@link ai.exaone.gateway.admission.slice.Exchanger} tells quota what was
 * used and asks for more, before it runs out.
 */
@NullMarked
package ai.exaone.gateway.admission.slice;

import org.jspecify.annotations.NullMarked;

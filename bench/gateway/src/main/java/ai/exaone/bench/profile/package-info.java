/**
 * Where the gateway's processor time goes under each kind of load: its process records itself, and the samples become tables, a tree by
 * its modules and flame graphs. Enter at {@link ai.exaone.bench.profile.GatewayProfile}.
 */
@NullMarked
package ai.exaone.bench.profile;

import org.jspecify.annotations.NullMarked;

/**
 * What lasts between starts, below {@code $EXAONE_HOME}: the layout, the secrets, the credentials printed for the operator and
 * the certificates of the services. Enter at {@link ai.exaone.standalone.home.Home}.
 */
@NullMarked
package ai.exaone.standalone.home;

import org.jspecify.annotations.NullMarked;

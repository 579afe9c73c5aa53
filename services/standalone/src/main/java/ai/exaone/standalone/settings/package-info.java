/**
 * What the operator chose: flags, then {@code EXAONE_*}, then {@code config.yml}, then the defaults here. {@link
 * ai.exaone.standalone.settings.Settings} is the checked whole, {@link ai.exaone.standalone.settings.SettingsReader} makes it.
 */
@NullMarked
package ai.exaone.standalone.settings;

import org.jspecify.annotations.NullMarked;

/**
 * Owns what the installation's settings ask for: {@link ai.exaone.serving.settings.SettingsInstaller} brings the catalogue and the
 * deployments of the settings in, and follows when the settings change.
 */
@NullMarked
package ai.exaone.serving.settings;

import org.jspecify.annotations.NullMarked;

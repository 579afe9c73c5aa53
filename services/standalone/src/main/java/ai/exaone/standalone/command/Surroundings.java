package ai.exaone.standalone.command;

import ai.exaone.servers.SoftwareCache;
import ai.exaone.standalone.home.Home;
import ai.exaone.standalone.process.RunFolder;
import ai.exaone.standalone.settings.Settings;
import ai.exaone.standalone.settings.SettingsReader;
import ai.exaone.standalone.settings.SettingsSources;
import java.nio.file.Path;
import java.util.Map;

/** Which installation a command is about, from the environment. */
record Surroundings(Home home, RunFolder run, SoftwareCache cache, Map<String, String> environment) {
    static Surroundings ofThisProcess() {
        var environment = System.getenv();
        var home = new Home(Path.of(environment.getOrDefault("EXAONE_HOME", ".exaone")));
        return new Surroundings(home, new RunFolder(home.runFolder()), SoftwareCache.ofUser(environment), environment);
    }

    /** The settings that hold with these flags. */
    Settings settings(Map<String, String> flags) {
        return SettingsReader.read(home.root(), SettingsSources.of(flags, environment, home.configFile()));
    }
}

package ai.exaone.bench;

import picocli.CommandLine;

/** What {@code bench/gateway/run} runs. */
public final class BenchApplication {
    private BenchApplication() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CompareCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}

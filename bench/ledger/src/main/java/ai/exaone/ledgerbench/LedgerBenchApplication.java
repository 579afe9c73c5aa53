package ai.exaone.ledgerbench;

import picocli.CommandLine;

/** What {@code bench/ledger/run} runs. */
public final class LedgerBenchApplication {
    private LedgerBenchApplication() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LedgerCommand()).execute(arguments));
    }
}

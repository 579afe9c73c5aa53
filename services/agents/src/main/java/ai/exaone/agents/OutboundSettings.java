package ai.exaone.agents;

import ai.exaone.agents.tool.outbound.AddressPolicy;
import ai.exaone.agents.tool.outbound.CidrRange;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tools may reach.
 *
 * @param allow ranges of addresses that are reachable although they are not public, for example {@code 10.20.0.0/16}; a platform
 *     admin's decision, empty by default
 * @param maxResponseBytes how much of an answer is read, 1 KiB to 64 MiB
 */
@ConfigurationProperties("exaone.agents.outbound")
public record OutboundSettings(
        @Nullable List<String> allow,
        @Bindable(defaultValue = "1048576") long maxResponseBytes) {
    private static final long LEAST = 1024;
    private static final long MOST = 64L * 1024 * 1024;

    public OutboundSettings {
        allow = allow == null ? List.of() : List.copyOf(allow);
        ranges(allow);
        if (maxResponseBytes < LEAST || maxResponseBytes > MOST) {
            throw new IllegalArgumentException("exaone.agents.outbound.max-response-bytes must be " + LEAST + " to "
                    + MOST + ", not " + maxResponseBytes);
        }
    }

    AddressPolicy policy() {
        return new AddressPolicy(allow == null ? List.of() : ranges(allow));
    }

    private static List<CidrRange> ranges(List<String> texts) {
        return texts.stream()
                .filter(text -> !text.isBlank())
                .map(OutboundSettings::range)
                .toList();
    }

    private static CidrRange range(String text) {
        try {
            return CidrRange.of(text.strip());
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(
                    "exaone.agents.outbound.allow must list ranges of addresses such as 10.20.0.0/16, unlike '" + text
                            + "'",
                    none);
        }
    }
}

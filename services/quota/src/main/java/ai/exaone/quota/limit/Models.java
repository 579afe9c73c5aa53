package ai.exaone.quota.limit;

import java.util.List;

/**
 * Models that are counted together.
 *
 * @param names in order, each once; none where all models are
 */
public record Models(List<String> names) {
    /** All models. */
    public static final Models ALL = new Models(List.of());

    /** The most that share a limit. */
    private static final int MOST = 32;
    /** The most that a sentence names. */
    private static final int MOST_NAMED = 3;

    public Models {
        names = names.size() < 2
                ? List.copyOf(names)
                : names.stream().distinct().sorted().toList();
    }

    /**
     * @param name empty for all models
     */
    public static Models of(String name) {
        return name.isEmpty() ? ALL : new Models(List.of(name));
    }

    /** Whether several share what is counted. */
    public boolean isGroup() {
        return names.size() > 1;
    }

    /** The only model; empty where there are several, and for all. */
    public String single() {
        return names.size() == 1 ? names.getFirst() : "";
    }

    /** Whether names are formed as names are; whether there are such models is serving's to know. */
    boolean isWellFormed() {
        return names.size() <= MOST && names.stream().allMatch(Models::isName);
    }

    /** The models for people, to be written after what they are limited for; empty for all. */
    String words() {
        if (!isGroup()) {
            return names.isEmpty() ? "" : " on model " + single();
        }
        int others = names.size() - MOST_NAMED;
        String named = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return " on models " + named + (others > 0 ? " and " + others + " others" : "") + " together";
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.equals(name.strip()) && name.chars().noneMatch(Character::isISOControl);
    }
}

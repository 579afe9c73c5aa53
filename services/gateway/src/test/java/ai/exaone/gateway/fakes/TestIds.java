package ai.exaone.gateway.fakes;

/** Ids of the one tenant of these tests. */
public final class TestIds {
    public static final String TENANT = "tnt_00000000000000000000000001";
    public static final String PROJECT = "prj_00000000000000000000000001";
    public static final String KEY = "key_00000000000000000000000001";
    public static final String RUN = "run_00000000000000000000000001";
    public static final String AGENT = "agt_00000000000000000000000001";

    private TestIds() {}
}

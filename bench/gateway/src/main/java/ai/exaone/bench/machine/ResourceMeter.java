package ai.exaone.bench.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what groups of processes cost from {@link #begin} to {@link #end}. Used by one thread. */
public final class ResourceMeter {
    private final Map<String, ? extends Collection<Long>> groups;
    private final Collection<Long> ours;
    private final Map<String, Double> cpuBefore = new LinkedHashMap<>();
    private final Map<String, List<Long>> trees = new LinkedHashMap<>();
    private final Map<String, List<Long>> resident = new LinkedHashMap<>();
    private double oursBefore;
    private double machineBefore;
    private long beganNanos;

    /**
     * @param groups the roots of the measured process trees, by name
     * @param ours roots of the processes that measure; what neither they nor the groups took is others' work
     */
    public ResourceMeter(Map<String, ? extends Collection<Long>> groups, Collection<Long> ours) {
        this.groups = groups;
        this.ours = ours;
    }

    public void begin() {
        ProcessTable table = ProcessTable.read();
        groups.forEach((name, roots) -> {
            cpuBefore.put(name, table.cpuSeconds(roots));
            trees.put(name, table.trees(roots));
            resident.put(name, new ArrayList<>());
        });
        oursBefore = table.cpuSeconds(ours);
        machineBefore = ProcessTable.machineSeconds();
        beganNanos = System.nanoTime();
        tick();
    }

    /** Looks at the memory. */
    public void tick() {
        trees.forEach((name, pids) -> resident.get(name).add(ProcessTable.residentBytes(pids)));
    }

    public ResourceUse end() {
        ProcessTable table = ProcessTable.read();
        double machine = ProcessTable.machineSeconds() - machineBefore;
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        tick();
        Map<String, Double> cpu = new LinkedHashMap<>();
        groups.forEach((name, roots) -> cpu.put(name, table.cpuSeconds(roots) - cpuBefore.get(name)));
        double known = table.cpuSeconds(ours)
                - oursBefore
                + cpu.values().stream().mapToDouble(Double::doubleValue).sum();
        return new ResourceUse(cpu, Map.copyOf(resident), Math.max(0, machine - known) / seconds);
    }
}

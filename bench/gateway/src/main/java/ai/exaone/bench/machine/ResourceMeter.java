package ai.exaone.bench.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads what groups of processes cost from its making to {@link #end}. Used by one thread. */
public final class ResourceMeter {
    private final Map<String, Group> groups = new HashMap<>();
    private final Collection<Long> ours;
    private final double oursBefore;
    private final double machineBefore;
    private final long beganNanos;

    /** One group, as it was in the beginning, and its memory ever since. */
    private record Group(Collection<Long> roots, List<Long> tree, double cpuBefore, List<Long> resident) {}

    /**
     * Begins.
     *
     * @param roots of the measured process trees, by the group's name
     * @param ours roots of the processes that measure; what neither they nor the groups took is others' work
     */
    public ResourceMeter(Map<String, ? extends Collection<Long>> roots, Collection<Long> ours) {
        ProcessTable table = ProcessTable.read();
        roots.forEach((name, its) ->
                groups.put(name, new Group(its, table.trees(its), table.cpuSeconds(its), new ArrayList<>())));
        this.ours = ours;
        this.oursBefore = table.cpuSeconds(ours);
        this.machineBefore = ProcessTable.machineSeconds();
        this.beganNanos = System.nanoTime();
        tick();
    }

    /** Looks at the memory. */
    public void tick() {
        groups.values().forEach(group -> group.resident().add(ProcessTable.residentBytes(group.tree())));
    }

    public ResourceUse end() {
        ProcessTable table = ProcessTable.read();
        double machine = ProcessTable.machineSeconds() - machineBefore;
        double seconds = (System.nanoTime() - beganNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        tick();
        Map<String, Double> cpu = new HashMap<>();
        Map<String, List<Long>> resident = new HashMap<>();
        groups.forEach((name, group) -> {
            cpu.put(name, table.cpuSeconds(group.roots()) - group.cpuBefore());
            resident.put(name, List.copyOf(group.resident()));
        });
        double known = table.cpuSeconds(ours)
                - oursBefore
                + cpu.values().stream().mapToDouble(Double::doubleValue).sum();
        return new ResourceUse(cpu, resident, Math.max(0, machine - known) / seconds);
    }
}

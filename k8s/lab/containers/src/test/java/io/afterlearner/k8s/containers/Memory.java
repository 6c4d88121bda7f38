package io.afterlearner.k8s.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of a container as the kubelet counts it: the working set, which is all but files that were not used lately.
 *
 * @param folder of its cgroup
 * @param usage name of the file with the usage; it depends on the version of cgroups
 * @param inactive key of the line in {@code memory.stat}
 * @param peak the largest sample, in bytes
 */
record Memory(Path folder, String usage, String inactive, AtomicLong peak) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    static Memory of(String cgroup) {
        String path = cgroup.substring(1);
        Path first = ROOT.resolve("memory").resolve(path);
        return Files.exists(first)
                ? new Memory(first, "memory.usage_in_bytes", "total_inactive_file", new AtomicLong())
                : new Memory(ROOT.resolve(path), "memory.current", "inactive_file", new AtomicLong());
    }

    /** The working set in MiB. */
    long sampleMib() throws IOException {
        long used = Long.parseLong(Files.readString(folder.resolve(usage)).strip());
        long inactiveBytes = Files.readAllLines(folder.resolve("memory.stat")).stream()
                .filter(line -> line.startsWith(inactive + " "))
                .mapToLong(line -> Long.parseLong(line.substring(inactive.length() + 1)))
                .sum();
        long workingSet = used - inactiveBytes;
        peak.accumulateAndGet(workingSet, Math::max);
        return workingSet >> 20;
    }

    /** Whether its process runs, as far as that can be told. */
    boolean trySample() {
        try {
            sampleMib();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    long peakMib() {
        return peak.get() >> 20;
    }
}

package io.afterlearner.k8s.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Start-up times and memory, as a Markdown table. */
final class Sizing {
    private static final Path FILE = Path.of("target/sizing.md");

    /** Columns by pod. */
    private final Map<String, String> rows = new TreeMap<>();

    /** Waits until a pod has started and is ready. */
    void started(Pod pod) throws IOException, InterruptedException {
        long started = pod.awaitStarted();
        long ready = pod.awaitReady();
        if (started > pod.startupLimitMillis()) {
            System.out.println(pod.name() + " started after " + seconds(started)
                    + " s, when Kubernetes would have restarted it: the machine"
                    + " is too busy, or startupProbe too short");
        }
        rows.put(
                pod.name(),
                seconds(started) + " | " + seconds(ready) + " | " + pod.memory().sampleMib());
    }

    void ended(Pod pod) throws IOException {
        long now = pod.memory().sampleMib();
        rows.merge(pod.name(), now + " | " + pod.memory().peakMib(), (first, last) -> first + " | " + last);
    }

    @Override
    public String toString() {
        return rows.toString();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }

    /** Prints what has both, and writes it to target/sizing.md. */
    void print() throws IOException {
        StringBuilder table = new StringBuilder(
                "| pod | started, s | ready, s | memory when ready, MiB | memory after the study, MiB | highest, MiB"
                        + " |\n"
                        + "|---|---|---|---|---|---|\n");
        rows.forEach((pod, row) -> {
            if (row.split(" \\| ").length == 5) {
                table.append("| ").append(pod).append(" | ").append(row).append(" |\n");
            }
        });
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, table);
        System.out.println(table);
    }
}

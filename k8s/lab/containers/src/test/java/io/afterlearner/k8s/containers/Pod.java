package io.afterlearner.k8s.containers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running container of a manifest. */
final class Pod {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** Longer than a manifest's: the machine of a test may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** The exit code of a service that wants to be started again. */
    private static final int RESTART = 1;

    private final String name;
    private final PodSpec spec;
    private final long startedNanos = System.nanoTime();
    private final Memory memory;
    private String address;

    private Pod(String name, PodSpec spec, String address, Memory memory) {
        this.name = name;
        this.spec = spec;
        this.address = address;
        this.memory = memory;
    }

    static Pod start(Cluster cluster, String kind, String workload, String name, Map<String, String> more)
            throws IOException, InterruptedException {
        PodSpec spec = cluster.manifests().pod(kind, workload);
        List<String> claims = cluster.manifests().claims(kind, workload);
        PodmanCommand command = PodmanCommand.of(cluster, spec, claims, name, more, List.of());
        Podman.Result run = Podman.tryTo(command.environment(), command.with("run", "--detach"));
        if (run.exit() != 0) {
            throw new IOException(name + " does not start: " + run.err());
        }
        return new Pod(name, spec, addressOf(name), Memory.of(inspect(name, "{{.State.CgroupPath}}")));
    }

    private static String inspect(String name, String format) throws IOException, InterruptedException {
        return Podman.run("inspect", name, "--format", format);
    }

    private static String addressOf(String name) throws IOException, InterruptedException {
        return inspect(name, "{{.NetworkSettings.IPAddress}}");
    }

    String name() {
        return name;
    }

    String address() {
        return address;
    }

    Memory memory() {
        return memory;
    }

    private Container container() {
        return spec.getContainers().get(0);
    }

    URI url(String path) {
        return URI.create(
                "http://" + address + ":" + container().getPorts().get(0).getContainerPort() + path);
    }

    /** Waits until the startup probe succeeds. Returns the time since the start, in ms. */
    long awaitStarted() throws IOException, InterruptedException {
        return await(container().getStartupProbe());
    }

    /** The time within which the startup probe of the manifest must succeed, in ms. */
    long startupLimitMillis() {
        Probe probe = container().getStartupProbe();
        return 1000L * probe.getPeriodSeconds() * probe.getFailureThreshold();
    }

    long awaitReady() throws IOException, InterruptedException {
        return await(container().getReadinessProbe());
    }

    /** As Kubernetes does, it asks again before it says no. */
    boolean isAlive() throws InterruptedException {
        Probe probe = container().getLivenessProbe();
        for (int failures = 0; failures < probe.getFailureThreshold(); failures++) {
            if (succeeds(probe)) {
                return true;
            }
            TimeUnit.SECONDS.sleep(probe.getPeriodSeconds());
        }
        return false;
    }

    /** Starts it again if it asked for that by its exit code, as Kubernetes does. Any other end, such as one for memory, is an error. */
    void restartIfEnded() throws IOException, InterruptedException {
        if (memory.trySample()) {
            return;
        }
        String state = inspect(name, "{{.State.Running}} {{.State.ExitCode}} {{.State.OOMKilled}}");
        if (state.startsWith("true")) {
            return;
        }
        if (!state.equals("false " + RESTART + " false")) {
            throw new AssertionError(name + " ended (running, exit code, killed for memory: " + state + "): " + logs());
        }
        System.out.println(name + " exited with " + RESTART + " and is started again: " + logs());
        Podman.run("start", name);
        address = addressOf(name);
    }

    private long await(Probe probe) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!succeeds(probe)) {
            restartIfEnded();
            if (System.nanoTime() > end) {
                throw new AssertionError(name + ": " + probe.getHttpGet().getPath() + " has no success within "
                        + PATIENCE.toSeconds() + " s; " + logs());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    private boolean succeeds(Probe probe) throws InterruptedException {
        HTTPGetAction get = probe.getHttpGet();
        HttpRequest request = HttpRequest.newBuilder(url(get.getPath()))
                .timeout(Duration.ofSeconds(probe.getTimeoutSeconds()))
                .build();
        try {
            int status =
                    HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false;
        }
    }

    String logs() {
        try {
            Podman.Result result = Podman.tryTo(Map.of(), List.of("logs", "--tail", "40", name));
            return result.out() + result.err();
        } catch (IOException | InterruptedException e) {
            return "its log cannot be read: " + e;
        }
    }

    /** As if its machine failed. */
    void kill() throws IOException, InterruptedException {
        Podman.run("kill", name);
    }

    /** Asks it to stop, and kills it after the grace period, as Kubernetes does. Returns its exit code. */
    int stop() throws IOException, InterruptedException {
        Podman.run("stop", "--time", spec.getTerminationGracePeriodSeconds().toString(), name);
        return Integer.parseInt(inspect(name, "{{.State.ExitCode}}"));
    }

    void remove() throws IOException, InterruptedException {
        Podman.run("rm", "--force", "--time", "0", name);
    }
}

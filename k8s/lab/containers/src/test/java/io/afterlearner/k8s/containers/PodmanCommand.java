package io.afterlearner.k8s.containers;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The podman command that runs the container of a pod as Kubernetes would. A field that it does not understand is an error, except those that
 * do not change how a container runs.
 *
 * @param arguments of {@code podman run}
 * @param environment of podman, from which {@code --env NAME} takes values
 */
record PodmanCommand(List<String> arguments, Map<String, String> environment) {
    /** The kernel of some machines refuses podman's own, higher limits. */
    static final List<String> PROCESS_LIMITS = List.of("--ulimit", "nofile=10000:10000", "--ulimit", "nproc=4096:4096");

    /**
     * @param claims volumes that each pod of a StatefulSet has for itself
     * @param more variables besides the manifest's
     * @param arguments instead of the manifest's, if there are any
     */
    static PodmanCommand of(
            Cluster cluster,
            PodSpec pod,
            List<String> claims,
            String name,
            Map<String, String> more,
            List<String> arguments)
            throws IOException {
        if (pod.getContainers().size() != 1 || !pod.getInitContainers().isEmpty()) {
            throw new AssertionError(name + ": one container and no init container are supported");
        }
        Container container = pod.getContainers().get(0);
        Map<String, String> environment = new PodEnvironment(cluster, name).of(container);
        ControlPlane.Account account = cluster.account(pod);
        if (account != null) {
            environment.putAll(account.variables());
        }
        environment.putAll(more);
        List<String> options = new ArrayList<>(PROCESS_LIMITS);
        options.addAll(List.of("--name", name, "--hostname", name));
        options.addAll(security(pod, container.getSecurityContext()));
        options.addAll(limits(container));
        environment.keySet().forEach(variable -> options.addAll(List.of("--env", variable)));
        new PodVolumes(cluster, name, claims)
                .of(pod, container)
                .forEach((path, volume) -> options.addAll(List.of("--volume", volume + ":" + path)));
        options.addAll(cluster.addHosts());
        if (!container.getCommand().isEmpty()) {
            throw new AssertionError(name + ": the image's entry point is used, and command is not supported");
        }
        options.add("localhost/" + container.getImage());
        options.addAll(arguments.isEmpty() ? container.getArgs() : arguments);
        return new PodmanCommand(options, environment);
    }

    private static List<String> security(PodSpec pod, SecurityContext context) {
        List<String> options = new ArrayList<>();
        options.addAll(List.of(
                "--user",
                pod.getSecurityContext().getRunAsUser() + ":"
                        + pod.getSecurityContext().getRunAsGroup()));
        if (Boolean.TRUE.equals(context.getReadOnlyRootFilesystem())) {
            // Without podman's own writable folders.
            options.addAll(List.of("--read-only", "--read-only-tmpfs=false"));
        }
        if (Boolean.FALSE.equals(context.getAllowPrivilegeEscalation())) {
            options.addAll(List.of("--security-opt", "no-new-privileges"));
        }
        context.getCapabilities().getDrop().forEach(each -> options.add("--cap-drop=" + each.toLowerCase(Locale.ROOT)));
        return options;
    }

    private static List<String> limits(Container container) {
        Map<String, Quantity> limits =
                Objects.requireNonNull(container.getResources().getLimits());
        List<String> options = new ArrayList<>();
        Quantity memory = limits.get("memory");
        if (memory != null) {
            String bytes = memory.getNumericalAmount().toBigInteger().toString();
            options.addAll(List.of("--memory", bytes, "--memory-swap", bytes));
        }
        Quantity cpu = limits.get("cpu");
        if (cpu != null) {
            options.addAll(List.of("--cpus", cpu.getNumericalAmount().toPlainString()));
        }
        return options;
    }

    /** With what podman itself needs. */
    List<String> with(String... first) {
        return Stream.concat(Stream.of(first), arguments.stream()).toList();
    }
}

package io.afterlearner.operator.reconcile;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The Job that writes a result, as who runs the operator wants it: image, account, Secrets, limits. Name and arguments are the operator's.
 *
 * @param file a Job with one container; read for each Job
 */
public record ExportJob(Path file) {
    private static final String STUDY = "afterlearner.io/study";

    /** @throws IllegalArgumentException if the file is no such Job */
    public static ExportJob checked(Path file) {
        ExportJob job = new ExportJob(file);
        job.read();
        return job;
    }

    private Job read() {
        try {
            Job job = Serialization.unmarshal(Files.readString(file), Job.class);
            if (job.getSpec().getTemplate().getSpec().getContainers().size() == 1) {
                return job;
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(refusal(), e);
        }
        throw new IllegalArgumentException(refusal());
    }

    private String refusal() {
        return "afterlearner.operator.export-job " + file
                + " is not a Job with one container; give the YAML of one, as k8s/README.md shows it";
    }

    Job of(String name, String namespace, String label, String study, String uri) {
        Job job = read();
        job.getMetadata().setName(name);
        job.getMetadata().setNamespace(namespace);
        job.getMetadata().getAnnotations().put(STUDY, label);
        Container container =
                job.getSpec().getTemplate().getSpec().getContainers().get(0);
        container.setArgs(List.of("study", "export", study, "--to", uri));
        return job;
    }
}

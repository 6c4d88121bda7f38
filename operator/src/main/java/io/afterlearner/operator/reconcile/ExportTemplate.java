package io.afterlearner.operator.reconcile;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Job that writes a result, as who runs the operator wants it: image, account, Secrets, limits. It is the template of a suspended
 * CronJob, as for {@code kubectl create job --from}, and read for each Job. Name and arguments are the operator's.
 *
 * @param name of the CronJob
 */
public record ExportTemplate(KubernetesClient client, String namespace, String name) {
    private static final String STUDY = "afterlearner.io/study";

    /**
     * @param label of the Study
     * @throws IllegalStateException if there is no such template
     */
    Job job(String jobName, String label, String study, String uri) {
        CronJob found = client.batch()
                .v1()
                .cronjobs()
                .inNamespace(namespace)
                .withName(name)
                .get();
        Job job = new JobBuilder()
                .withSpec(template(found).getSpec())
                .withMetadata(new ObjectMetaBuilder(template(found).getMetadata())
                        .withName(jobName)
                        .withNamespace(namespace)
                        .addToAnnotations(STUDY, label)
                        .build())
                .build();
        List<Container> containers = job.getSpec().getTemplate().getSpec().getContainers();
        if (containers.size() != 1) {
            throw unusable("has " + containers.size() + " containers; give it one");
        }
        containers.get(0).setArgs(List.of("study", "export", study, "--to", uri));
        return job;
    }

    private JobTemplateSpec template(@Nullable CronJob found) {
        if (found == null) {
            throw unusable("does not exist; create it as in k8s/base/operator/export.yaml, with suspend: true");
        }
        if (!Boolean.TRUE.equals(found.getSpec().getSuspend())) {
            throw unusable("is not suspended; set spec.suspend to true, so that it does not run by itself");
        }
        return found.getSpec().getJobTemplate();
    }

    private IllegalStateException unusable(String why) {
        return new IllegalStateException(
                "afterlearner.operator.export-job: CronJob " + name + " in namespace " + namespace + " " + why);
    }
}

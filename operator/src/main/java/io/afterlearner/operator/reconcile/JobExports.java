package io.afterlearner.operator.reconcile;

import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.StudyView;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes results by a Job of the command line, {@code study export ID --to URI}: it has rights on Kafka and on the store, which the operator
 * does not need, and the memory that a model takes. The Job's name follows from what it writes, so it is begun once.
 *
 * @param template also says where Jobs run
 * @param prefixes below which results may be written; {@code {namespace}} stands for that of the Study
 */
public record JobExports(KubernetesClient client, ExportTemplate template, List<String> prefixes) implements Exports {
    private static final Duration WHILE_WRITING = Duration.ofSeconds(5);
    private static final Duration WHILE_FAILED = Duration.ofMinutes(1);
    private static final int DIGITS = 20;

    @Override
    public Export of(Study study, Observed now, StudyView view) {
        String uri = study.getSpec().outputUri();
        if (uri == null) {
            return Export.NONE;
        }
        if (!isAllowed(uri, study.getMetadata().getNamespace())) {
            return export(null, false, "NotAllowed", notAllowed(uri), null);
        }
        String waits = waits(study, view);
        if (waits != null) {
            return export(null, false, "Waiting", waits, null);
        }
        Observed.Written written = new Observed.Written(uri, name(study, view, uri));
        if (written.equals(now.output()) && now.isTrue(Condition.EXPORTED)) {
            return done(written);
        }
        try {
            return look(study, view, written);
        } catch (KubernetesClientException e) {
            return export(
                    written, false, "JobRefused", "the Job cannot be read or created: " + e.getMessage(), WHILE_FAILED);
        } catch (IllegalStateException e) {
            return export(written, false, "NoTemplate", String.valueOf(e.getMessage()), WHILE_FAILED);
        }
    }

    private Export look(Study study, StudyView view, Observed.Written written) {
        Job job = job(written.job()).get();
        if (job == null) {
            client.resource(template.job(written.job(), study.label(), view.study(), written.uri()))
                    .create();
            return export(written, null, "Writing", "Job " + written.job() + " writes the result", WHILE_WRITING);
        }
        if (job.getStatus() != null && has(job, "Complete")) {
            return done(written);
        }
        if (job.getStatus() != null && has(job, "Failed")) {
            String message = "Job " + written.job() + " failed; see kubectl -n " + template.namespace() + " logs job/"
                    + written.job() + "; delete the Job to try again";
            return export(written, false, "JobFailed", message, WHILE_FAILED);
        }
        return export(written, null, "Writing", "Job " + written.job() + " writes the result", WHILE_WRITING);
    }

    private static boolean has(Job job, String condition) {
        return job.getStatus().getConditions().stream()
                .anyMatch(each ->
                        each.getType().equals(condition) && each.getStatus().equals("True"));
    }

    private ScalableResource<Job> job(String name) {
        return client.batch().v1().jobs().inNamespace(template.namespace()).withName(name);
    }

    private static @Nullable String waits(Study study, StudyView view) {
        if (!view.isOver()) {
            return "the result is written when the study is over";
        }
        boolean awaited = study.getSpec().hasTest() && view.baselineLoss() != null && view.verdict() == null;
        return awaited ? "the result is written when an evaluator has scored the test split" : null;
    }

    /** Another name after a larger budget, another verdict, or a change of the address. */
    private static String name(Study study, StudyView view, String uri) {
        String what = String.join(
                "\n",
                study.getMetadata().getUid(),
                view.study(),
                uri,
                view.number() + " " + view.budget() + " " + view.told(),
                String.valueOf(view.verdict()));
        byte[] digest = Digest.sha256().digest(what.getBytes(StandardCharsets.UTF_8));
        return "afterlearner-export-" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
    }

    private boolean isAllowed(String uri, String studyNamespace) {
        return prefixes.stream()
                .map(prefix -> prefix.replace("{namespace}", studyNamespace))
                .map(prefix -> prefix.endsWith("/") ? prefix : prefix + "/")
                .anyMatch(uri::startsWith);
    }

    private String notAllowed(String uri) {
        return uri + " is not below a prefix that results may be written to"
                + (prefixes.isEmpty()
                        ? "; ask the operator's administrator to set afterlearner.operator.output-prefixes"
                        : "; give an address below " + String.join(" or ", prefixes));
    }

    private static Export done(Observed.Written written) {
        return export(written, true, "Written", "the result is at " + written.uri(), null);
    }

    private static Export export(
            Observed.@Nullable Written written,
            @Nullable Boolean status,
            String reason,
            String message,
            @Nullable Duration again) {
        return new Export(written, List.of(Condition.of(Condition.EXPORTED, status, reason, message)), again);
    }

    @Override
    public void cancel(Study study) {
        Observed status = study.observed();
        Observed.Written written = status.output();
        if (written != null && !status.isTrue(Condition.EXPORTED)) {
            var unused = job(written.job())
                    .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                    .delete();
        }
    }
}

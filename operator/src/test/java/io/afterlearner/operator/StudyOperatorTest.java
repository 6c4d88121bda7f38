package io.afterlearner.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyOperatorTest extends OnMockServer {
    @Test
    void aStudyIsCreatedMirroredAndDeleted() {
        create("");
        Observed running = awaitPhase(Phase.RUNNING);
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
        assertTrue(running.study().matches("ml\\.depth-[0-9a-f]{8}"), running.study());
        assertTrue(running.isAccepted());
        assertEquals(1, running.observedGeneration());

        optimizer.change(study -> study.put("told", 7).put("loss", 0.123456789).put("baselineLoss", 0.5));
        Observed later = await(now -> now.figures().told() == 7);
        assertEquals("7/20", later.figures().progress());
        assertEquals(0.123457, later.figures().bestLoss());

        optimizer.change(study -> {
            study.put("status", "FINISHED");
            study.putObject("verdict")
                    .put("outcome", "improved")
                    .put("reason", "GAIN")
                    .put("candidate", 4);
        });
        Observed over = awaitPhase(Phase.FINISHED);
        assertTrue(over.isTrue(Condition.FINISHED));
        assertEquals("improved", over.verdict().outcome());
        assertEquals(1, events("Running").size());
        assertEquals(1, events("Finished").size());

        depth().delete();
        Waiting.until(WITHIN, () -> depth().get() == null, gone -> gone);
        assertEquals(List.of("CREATE ml.depth", "DELETE"), optimizer.changes);
        assertTrue(optimizer.studies.isEmpty());
    }

    @Test
    void aRunningStudyIsStoppedBeforeItIsDeleted() {
        create("");
        awaitPhase(Phase.RUNNING);
        depth().delete();
        Waiting.until(WITHIN, () -> depth().get() == null, gone -> gone);
        assertEquals(List.of("CREATE ml.depth", "STOP", "DELETE"), optimizer.changes);
    }

    @Test
    void suspendPausesAndResumes() {
        create("");
        awaitPhase(Phase.RUNNING);
        edit("{\"spec\":{\"suspend\":true}}");
        awaitPhase(Phase.PAUSED);
        edit("{\"spec\":{\"suspend\":false}}");
        awaitPhase(Phase.RUNNING);
        assertEquals(List.of("CREATE ml.depth", "PAUSE", "RESUME"), optimizer.changes);
    }

    @Test
    void aLargerBudgetExtendsTheStudy() {
        create("");
        awaitPhase(Phase.RUNNING);
        edit("{\"spec\":{\"optimizer\":{\"budget\":50}}}");
        await(now -> now.figures() != null && now.figures().budget() == 50);
        assertEquals(List.of("CREATE ml.depth", "EXTEND"), optimizer.changes);
    }

    @Test
    void anOperatorThatStartsAgainFindsItsStudies() throws IOException {
        create("");
        Observed before = awaitPhase(Phase.RUNNING);
        operator.close();
        optimizer.change(study -> study.put("told", 3));
        operator = operator();
        operator.start();
        Observed after = await(now -> now.figures().told() == 3);
        assertEquals(before.study(), after.study());
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
    }

    /** Watches now and then deliver a copy from before the status was written, which looks the same. */
    @Test
    void aStudyWhoseStatusIsLostIsNotAcceptedOnceMore() {
        create("");
        Observed running = awaitPhase(Phase.RUNNING);
        depth().editStatus(study -> {
            study.setStatus(null);
            return study;
        });
        // A change of the spec has the operator look at once.
        edit("{\"spec\":{\"suspend\":false}}");

        assertEquals(running.study(), awaitPhase(Phase.RUNNING).study());
        assertEquals(1, events("Running").size());
        assertEquals(List.of("CREATE ml.depth"), optimizer.changes);
    }

    @Test
    void theResultIsWrittenByAJobBelowAnAllowedPrefix() {
        create("");
        awaitPhase(Phase.RUNNING);
        edit("{\"spec\":{\"output\":{\"uri\":\"s3://models/other/depth\"}}}");
        awaitExport("NotAllowed");
        edit("{\"spec\":{\"output\":{\"uri\":\"s3://models/ml/depth\"}}}");
        awaitExport("Waiting");
        assertEquals(0, events("Waiting").size(), "a step on the way");
        assertEquals(0, jobs().size());

        optimizer.change(study -> study.put("status", "FINISHED").put("baselineLoss", 0.5));
        awaitPhase(Phase.FINISHED);
        assertEquals(0, jobs().size(), "the verdict is awaited");
        optimizer.change(study -> study.putObject("verdict")
                .put("outcome", "kept")
                .put("reason", "R")
                .put("candidate", 0));
        awaitExport("Writing");
        Job job = jobs().get(0);
        assertEquals(
                List.of(
                        "study",
                        "export",
                        optimizer.studies.keySet().iterator().next(),
                        "--to",
                        "s3://models/ml/depth"),
                job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs());

        job.setStatus(new JobStatusBuilder()
                .withConditions(new JobConditionBuilder()
                        .withType("Complete")
                        .withStatus("True")
                        .build())
                .build());
        client.resource(job).updateStatus();
        assertTrue(awaitExport("Written").isTrue(Condition.EXPORTED));
        assertEquals(1, jobs().size());
    }

    @Test
    void withoutItsTemplateNoResultIsWrittenAndTheConditionSaysWhatIsMissing() {
        var template = client.batch().v1().cronjobs().inNamespace("ops").withName("export");
        template.edit(each -> {
            each.getSpec().setSuspend(false);
            return each;
        });
        create("");
        awaitPhase(Phase.RUNNING);
        edit("{\"spec\":{\"output\":{\"uri\":\"s3://models/ml/depth\"}}}");
        optimizer.change(study -> study.put("status", "FINISHED"));
        Condition exported =
                awaitExport("NoTemplate").condition(Condition.EXPORTED).orElseThrow();
        assertEquals(
                "afterlearner.operator.export-job: CronJob export in namespace ops is not suspended; set spec.suspend to"
                        + " true, so that it does not run by itself",
                exported.message());
        assertEquals(0, jobs().size());
    }
}

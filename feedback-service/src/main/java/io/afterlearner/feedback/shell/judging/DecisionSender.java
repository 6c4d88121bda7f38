package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.judging.StudyRegistry.Entry;
import io.afterlearner.kafka.Out;
import io.afterlearner.observability.LogFields;
import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/** Sends the judge's outputs: fitness, arms and audit records, and commands to the optimizer. */
final class DecisionSender {
    /** Header of the arms records that this service wrote; records without it are another writer's. */
    private static final String OWN = "afterlearner-feedback-service";

    private static final Logger LOG = Logger.getLogger(DecisionSender.class);

    private final ProcessorContext<String, Out> context;
    private final FeedbackMetrics metrics;
    private final JudgeRecords records;
    private final JudgeTrace trace;

    DecisionSender(
            ProcessorContext<String, Out> context, FeedbackMetrics metrics, JudgeRecords records, JudgeTrace trace) {
        this.trace = trace;
        this.context = context;
        this.metrics = metrics;
        this.records = records;
    }

    static boolean isOwn(Record<String, byte[]> arms) {
        return arms.headers().lastHeader(OWN) != null;
    }

    /** @param atMillis when what they say happened */
    void send(Entry study, List<Output> outputs, long atMillis) {
        ReasonText text = new ReasonText(study.study().online());
        outputs.forEach(output -> send(study, output, text, atMillis));
    }

    private void send(Entry study, Output output, ReasonText text, long atMillis) {
        if (output instanceof Output.Told told) {
            metrics.of(study.name()).told();
            send(study, records.told(study, told, atMillis), trace.told(study.name(), study.incarnation(), told));
        } else if (output instanceof Output.Failed failed) {
            failed(study, failed.reason());
            LogFields.study(study.name())
                    .candidate(failed.number())
                    .log(() -> LOG.infof(
                            "study %s: candidate %d failed: %s",
                            study.name(), failed.number(), text.of(failed.reason())));
            String kind = new FailureCauses(study.study().online())
                    .of(failed.reason())
                    .getKind()
                    .name();
            Headers headers = trace.failed(study.name(), study.incarnation(), failed.number(), kind);
            send(study, records.failed(study, failed, atMillis), headers);
        } else if (output instanceof Output.ArmsChanged changed) {
            sendArms(study, changed.by(), text.of(changed.reasons()), atMillis);
        } else if (output instanceof Output.Audit audit) {
            audit(study, audit, text.of(audit.reason()), atMillis);
        } else if (output instanceof Output.Centre centre) {
            send(study, records.centre(study, centre, atMillis));
        } else if (output instanceof Output.Reopen reopen) {
            send(study, records.reopen(study, text.of(reopen.reason()), atMillis));
        } else {
            throw new IllegalStateException("no record for " + output);
        }
    }

    private void failed(Entry study, Reason.Failure reason) {
        metrics.of(study.name()).failed();
        guarded(study, reason);
    }

    /** Counts a guardrail that a candidate or a champion broke. */
    private void guarded(Entry study, Reason reason) {
        if (reason instanceof Reason.GuardrailBroken
                || (reason instanceof Reason.DuelLost lost && lost.why() instanceof Reason.GuardrailBroken)
                || (reason instanceof Reason.ChampionFailed failed && failed.why() instanceof Reason.GuardrailBroken)) {
            metrics.of(study.name()).guardrailBroken();
        }
    }

    private void audit(Entry study, Output.Audit audit, String reason, long atMillis) {
        metrics.of(study.name()).changed(audit.action());
        guarded(study, audit.reason());
        LogFields.study(study.name()).log(() -> log(study, audit, reason));
        send(study, records.audit(study, audit, reason, atMillis));
    }

    private static void log(Entry study, Output.Audit audit, String reason) {
        if (audit.action() == Output.Action.ALARM) {
            LOG.errorf("study %s: exploration stopped: %s", study.name(), reason);
        } else {
            LOG.infof("study %s: %s by %s: %s", study.name(), audit.action(), audit.by(), reason);
        }
    }

    private void send(Entry study, Out out) {
        send(study, out, new RecordHeaders());
    }

    private void send(Entry study, Out out, Headers headers) {
        context.forward(new Record<>(study.name(), out, now(), headers));
    }

    /** Sends the study's current arms. */
    void sendArms(Entry study, String by, String reason, long atMillis) {
        sendOwn(study.name(), by, records.arms(study, by, reason, atMillis));
    }

    /** Sends the study's current arms again, because another writer's record replaced them on the compacted topic. */
    void repeatArms(Entry study) {
        sendArms(study, JudgeRecords.SERVICE, "written again after a record of another writer", now());
    }

    /** Sends tombstones for the study's arms and its standing. */
    void sendTombstones(String study) {
        sendOwn(study, JudgeRecords.SERVICE, new Out(Topics.ARMS, null));
        context.forward(new Record<>(study, new Out(Topics.STANDINGS, null), now()));
    }

    private void sendOwn(String study, String by, Out arms) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(OWN, by.getBytes(StandardCharsets.UTF_8));
        context.forward(new Record<>(study, arms, now(), headers));
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}

package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.judging.StudyRegistry.Entry;
import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Arms;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    DecisionSender(ProcessorContext<String, Out> context, FeedbackMetrics metrics, JudgeRecords records) {
        this.context = context;
        this.metrics = metrics;
        this.records = records;
    }

    static boolean isOwn(Record<String, byte[]> arms) {
        return arms.headers().lastHeader(OWN) != null;
    }

    void send(Entry study, List<Output> outputs) {
        Decisions decisions = new Decisions(study, new ReasonText(study.study().online()));
        outputs.forEach(output -> output.handle(decisions));
    }

    /** Sends the current arms in the name of the writer that overruled the judge. */
    void sendArms(Entry study, Arms written) {
        sendArms(study, records.arms(study, written.getBy(), written.getReason(), now()), written.getBy());
    }

    private void sendArms(Entry study, Out arms, String by) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(OWN, by.getBytes(StandardCharsets.UTF_8));
        context.forward(new Record<>(study.study().name(), arms, now(), headers));
    }

    private long now() {
        return context.currentSystemTimeMs();
    }

    private final class Decisions implements Output.Handler {
        private final Entry study;
        private final String name;
        private final ReasonText text;

        Decisions(Entry study, ReasonText text) {
            this.study = study;
            this.name = study.study().name();
            this.text = text;
        }

        private void send(Out out) {
            context.forward(new Record<>(name, out, now()));
        }

        @Override
        public void told(Output.Told told) {
            metrics.told();
            send(records.told(name, told, now()));
        }

        @Override
        public void failed(Output.Failed failed) {
            metrics.failed();
            LOG.infof("study %s: candidate %d failed: %s", name, failed.number(), text.of(failed.reason()));
            send(records.failed(study.study(), failed, now()));
        }

        @Override
        public void armsChanged(Output.ArmsChanged changed) {
            sendArms(study, records.arms(study, changed, text.of(changed.reasons()), now()), changed.by());
        }

        @Override
        public void audit(Output.Audit audit) {
            String reason = text.of(audit.reason());
            metrics.armsChanged(audit.action().name());
            LOG.infof("study %s: %s by %s: %s", name, audit.action(), audit.by(), reason);
            send(records.audit(study, audit, reason, now()));
        }

        @Override
        public void centre(Output.Centre centre) {
            send(records.centre(name, centre, now()));
        }

        @Override
        public void reopen(Output.Reopen reopen) {
            send(records.reopen(name, text.of(reopen.reason()), now()));
        }

        @Override
        public void alarm(Output.Alarm alarm) {
            metrics.alarm();
            LOG.errorf("study %s: exploration stopped: %s", name, text.of(alarm.reason()));
        }
    }
}

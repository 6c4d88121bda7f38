package io.afterlearner.feedback.shell.judging;

import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Standing;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes the standing of each study that a task judges: once per second if it changed, and every {@link StandingRecords#REPEAT}
 * otherwise. The state is stored in the same transaction, so that no standing tells what a restart does not restore.
 */
final class StandingWriter {
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Codec<Standing> codec = Codec.of(Standing.class);
    /** The last record of each study. */
    private final Map<String, Standing> written = new TreeMap<>();

    private final ProcessorContext<String, Out> context;
    private final StudyRegistry studies;
    private final Standings standings;

    private StandingWriter(ProcessorContext<String, Out> context, StudyRegistry studies, Standings standings) {
        this.context = context;
        this.studies = studies;
        this.standings = standings;
    }

    /** Writes from now on, until the context is closed. */
    static void start(ProcessorContext<String, Out> context, StudyRegistry studies, Standings standings) {
        StandingWriter writer = new StandingWriter(context, studies, standings);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, due -> writer.write());
    }

    private void write() {
        written.keySet().removeIf(name -> studies.find(name).isEmpty());
        studies.names().forEach(this::write);
    }

    private void write(String name) {
        StandingRecords.next(studies.get(name), written.get(name), standings.onTopic(name), now())
                .ifPresent(this::send);
    }

    private void send(Standing standing) {
        String name = standing.getStudy();
        studies.save(name);
        context.forward(new Record<>(name, new Out(Topics.STANDINGS, codec.encode(standing)), now()));
        written.put(name, standing);
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}

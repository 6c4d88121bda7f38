package io.afterlearner.kafka.streams;

import org.apache.kafka.streams.KafkaStreams;

/** Waits for the state RUNNING of Kafka Streams, in which partitions are assigned and their state is restored. */
public final class StreamsListener implements KafkaStreams.StateListener {
    private final StreamsProgress progress;

    public StreamsListener(StreamsProgress progress) {
        this.progress = progress;
    }

    @Override
    public void onChange(KafkaStreams.State newState, KafkaStreams.State oldState) {
        if (newState == KafkaStreams.State.RUNNING) {
            progress.running();
        }
    }
}

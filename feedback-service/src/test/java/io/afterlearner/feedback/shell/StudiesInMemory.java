package io.afterlearner.feedback.shell;

import io.afterlearner.client.Served;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The followed topics as a test sets them, which may lag behind what a processor has read. */
public final class StudiesInMemory extends OnlineStudies {
    private final Map<String, OnlineStudy> studies = new TreeMap<>();
    private final Map<String, Served> served = new TreeMap<>();

    public StudiesInMemory() {
        super(KafkaSettings.of(Map.of("bootstrap.servers", "localhost:1")), Metered.unread());
    }

    public void put(StudySpec spec) {
        studies.put(spec.getStudy(), OnlineStudy.of(spec).orElseThrow());
    }

    public void put(Arms arms) {
        served.put(arms.getStudy(), new Served(arms));
    }

    public void remove(String study) {
        studies.remove(study);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public Optional<OnlineStudy> study(String study) {
        return Optional.ofNullable(studies.get(study));
    }

    @Override
    public List<OnlineStudy> all() {
        return List.copyOf(studies.values());
    }

    @Override
    public Optional<Served> served(String study) {
        return Optional.ofNullable(served.get(study));
    }
}

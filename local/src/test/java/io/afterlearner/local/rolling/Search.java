package io.afterlearner.local.rolling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.local.Patience;
import io.afterlearner.local.stack.TopicReader;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A study that is scored on data, and goes on until it is paused. */
final class Search {

    private final Fleet fleet;
    private final String study;

    Search(Fleet fleet, StudySpec spec) throws Exception {
        this.fleet = fleet;
        this.study = spec.getStudy();
        post("/v1/studies", spec.toString(), 201);
    }

    /** Waits until so many more candidates are told. */
    void awaitTold(int more) throws Exception {
        long enough = told() + more;
        Patience patience = Patience.with("study " + study);
        while (told() < enough) {
            patience.waitOrFail("tells no more candidates");
        }
    }

    /** Every candidate asked was told, once, and none failed or expired. Returns their number. */
    int assertAllTold() throws Exception {
        post("/v1/studies/" + study + "/commands", "{\"action\":\"PAUSE\"}", 202);
        Patience patience = Patience.with("study " + study);
        List<TrialEvent> trials = trials();
        while (trials.stream().noneMatch(event -> event.getType() == TrialEventType.PAUSED)
                || numbers(trials, TrialEventType.ASKED).size() > told(trials).size()) {
            patience.waitOrFail("has candidates that are not told");
            trials = trials();
        }
        assertEquals(List.of(), numbers(trials, TrialEventType.FAILED), "failed");
        assertEquals(List.of(), numbers(trials, TrialEventType.EXPIRED), "expired");
        Set<Long> asked = new TreeSet<>(numbers(trials, TrialEventType.ASKED));
        assertEquals(asked, new TreeSet<>(told(trials)));
        assertEquals(asked.size(), told(trials).size(), "told once");
        return asked.size();
    }

    private long told() {
        return told(trials()).size();
    }

    private static List<Long> told(List<TrialEvent> trials) {
        return numbers(trials, TrialEventType.TOLD);
    }

    private static List<Long> numbers(List<TrialEvent> trials, TrialEventType type) {
        return trials.stream()
                .filter(event -> event.getType() == type)
                .map(TrialEvent::getNumber)
                .collect(Collectors.toList());
    }

    private List<TrialEvent> trials() {
        return new TopicReader(fleet.settings()).trials(study);
    }

    private void post(String path, String body, int status) throws Exception {
        HttpResponse<String> answer = fleet.optimizer().post(path, body);
        assertEquals(status, answer.statusCode(), answer.body());
    }
}

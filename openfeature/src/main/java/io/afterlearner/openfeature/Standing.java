package io.afterlearner.openfeature;

import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.ProviderState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How a provider's studies stand at one moment, and what to tell the application when that changes. Immutable.
 *
 * @param state READY, STALE while Kafka is away, or ERROR if a study is unknown or a right on Kafka is missing
 * @param problem why it is not READY, and how to fix it
 * @param champions of the known studies
 */
record Standing(ProviderState state, String problem, Map<StudyFlag, Long> champions) {

    record Event(ProviderEvent type, ProviderEventDetails details) {}

    static Standing of(List<Connected> studies) {
        Map<StudyFlag, Long> champions = new LinkedHashMap<>();
        studies.forEach(each -> each.study().champion().ifPresent(champion -> champions.put(each.flag(), champion)));
        String errors = String.join(
                "; ", studies.stream().flatMap(Standing::errors).distinct().toList());
        if (!errors.isEmpty()) {
            return new Standing(ProviderState.ERROR, errors, champions);
        }
        boolean current = studies.stream().allMatch(each -> each.study().isCurrent());
        return current
                ? new Standing(ProviderState.READY, "", champions)
                : new Standing(
                        ProviderState.STALE,
                        "Kafka does not answer; units get the latest known champion, and no candidates",
                        champions);
    }

    private static Stream<String> errors(Connected one) {
        OptionalLong champion = one.study().champion();
        return champion.isPresent()
                ? one.study().missingRights().stream()
                : Stream.of("study " + one.flag().study() + " is not known, and its shipped values are served: "
                        + (one.study().isCurrent()
                                ? "it does not exist or was deleted; give an id that `study list` shows"
                                : "Kafka has not answered yet; check bootstrap.servers and the security settings"));
    }

    /** The SDK itself tells that a provider is ready. */
    Standing ready() {
        return new Standing(ProviderState.READY, "", champions);
    }

    /** What to tell the application, which knows how it was before. */
    List<Event> since(Standing before) {
        List<Event> events = new ArrayList<>();
        if (state != before.state || (state == ProviderState.ERROR && !problem.equals(before.problem))) {
            events.add(new Event(
                    type(), ProviderEventDetails.builder().message(problem).build()));
        }
        List<String> changed = champions.entrySet().stream()
                .filter(now -> !now.getValue().equals(before.champions.getOrDefault(now.getKey(), now.getValue())))
                .flatMap(now -> now.getKey().keys().stream())
                .sorted()
                .toList();
        if (!changed.isEmpty()) {
            events.add(new Event(
                    ProviderEvent.PROVIDER_CONFIGURATION_CHANGED,
                    ProviderEventDetails.builder()
                            .flagsChanged(changed)
                            .message("another champion is served")
                            .build()));
        }
        return events;
    }

    private ProviderEvent type() {
        return switch (state) {
            case READY -> ProviderEvent.PROVIDER_READY;
            case STALE -> ProviderEvent.PROVIDER_STALE;
            default -> ProviderEvent.PROVIDER_ERROR;
        };
    }
}

package io.afterlearner.openfeature;

import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.ProviderState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a provider's studies stand at one moment, and what to tell the application when that changes. Immutable.
 *
 * @param state READY, STALE while Kafka is away, ERROR if a study is unknown or a right on Kafka is missing, or FATAL if a setting or a
 *     flag is wrong. Only an initialization is fatal to the SDK: later, it would withhold what is still served well
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
            return new Standing(
                    studies.stream().anyMatch(Standing::isFatal) ? ProviderState.FATAL : ProviderState.ERROR,
                    errors,
                    champions);
        }
        boolean current = studies.stream().allMatch(each -> each.study().isCurrent());
        return current
                ? new Standing(ProviderState.READY, "", champions)
                : new Standing(
                        ProviderState.STALE,
                        "Kafka does not answer; units get the latest known champion, and no candidates",
                        champions);
    }

    /** Only a change of the application, or of its user on Kafka, helps. */
    private static boolean isFatal(Connected one) {
        return one.study().isRefused() || !one.problem().isEmpty();
    }

    private static Stream<String> errors(Connected one) {
        Stream<String> problem = Stream.of(one.problem()).filter(line -> !line.isEmpty());
        List<String> rights = one.study().missingRights();
        if (!rights.isEmpty()) {
            return Stream.concat(rights.stream(), problem);
        }
        if (one.study().champion().isPresent()) {
            return problem;
        }
        return one.study().isRefused()
                ? Stream.of("cannot connect to Kafka with these settings: "
                        + one.study().failure() + "; correct them")
                : Stream.of("study " + one.flag().study() + " is not known, and its shipped values are served: "
                        + (one.study().isCurrent()
                                ? "it does not exist or was deleted; give an id that `study list` shows"
                                : away(one.study().failure())));
    }

    private static String away(String failure) {
        return "Kafka has not answered yet" + (failure.isEmpty() ? "" : " (" + failure + ")")
                + "; check bootstrap.servers and the security settings";
    }

    /** Whether an application hears of a problem. */
    boolean isError() {
        return state == ProviderState.ERROR || state == ProviderState.FATAL;
    }

    /** The SDK itself tells that a provider is ready. */
    Standing ready() {
        return new Standing(ProviderState.READY, "", champions);
    }

    /** What to tell the application, which knows how it was before. */
    List<Event> since(Standing before) {
        List<Event> events = new ArrayList<>();
        if (state != before.state || (isError() && !problem.equals(before.problem))) {
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

package io.afterlearner.operator.services;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the feedback service last said about the candidates that online studies serve: one request each time, whatever their number. */
public final class Champions {
    private static final String PATH = "/v1/champions";

    /**
     * What production serves in a study; the components are named as in the feedback service's JSON.
     *
     * @param state EXPLORING, HOLDING or REVERTED
     * @param candidate 0 is the shipped model
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Served(String study, String state, long candidate) {}

    /**
     * What is known of a study.
     *
     * @param served null if its service does not serve it, or has not answered
     * @param problem why the service did not answer; null if it did
     */
    public record Answer(@Nullable Served served, @Nullable String problem) {
        /** The service has not been asked yet. */
        public static final Answer NOT_YET = new Answer(null, "the feedback service has not answered yet");
    }

    private final RestClient rest;
    private final Contact contact;
    private volatile Map<String, Served> byStudy = Map.of();

    public Champions(RestClient rest, Contact contact) {
        this.rest = rest;
        this.contact = contact;
    }

    /** Asks for all online studies. */
    public void refresh() {
        contact.attempt(() ->
                byStudy = rest
                        .parsed(rest.checked(rest.send("GET", PATH, null)).body(), new TypeReference<List<Served>>() {})
                        .stream()
                        .collect(Collectors.toMap(Served::study, Function.identity(), (first, second) -> second)));
    }

    public Contact contact() {
        return contact;
    }

    public Answer of(String study) {
        ServiceException problem = contact.problem();
        if (problem != null) {
            return new Answer(null, problem.problem());
        }
        return contact.isKnown() ? new Answer(byStudy.get(study), null) : Answer.NOT_YET;
    }
}

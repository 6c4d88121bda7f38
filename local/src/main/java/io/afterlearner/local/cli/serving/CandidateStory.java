package io.afterlearner.local.cli.serving;

import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What happened to one candidate of an online study, and why: from the study's events, the audit trail and what is served now.
 *
 * @param steps in order of time
 * @param now what it is now, and why; a sentence
 * @param values its ℵ vector
 */
record CandidateStory(List<Step> steps, String now, List<Double> values) {
    /** What the judge, or a person, decided about a candidate that it names as the one in question. */
    private static final Set<ArmsAction> ABOUT =
            Set.of(ArmsAction.PROPOSE, ArmsAction.REJECT, ArmsAction.LOST, ArmsAction.SKIPPED);

    /** @param reason empty if there is nothing more to say */
    record Step(long atMillis, String what, String reason) {}

    private record Ordered(long orderMillis, Step step) {}

    /**
     * @param events of the study, in order
     * @param audit changes of the study's arms, in order; how values are capped or adjusted is part of the story of a score
     * @param number of a candidate that was asked
     */
    static CandidateStory of(long number, List<TrialEvent> events, List<ArmsChange> audit, Arms arms) {
        List<Ordered> steps = new ArrayList<>();
        List<TrialEvent> own =
                events.stream().filter(event -> event.getNumber() == number).toList();
        own.forEach(event -> add(steps, event));
        long scored = own.stream()
                .filter(event -> event.getType() == TrialEventType.TOLD)
                .mapToLong(TrialEvent::getAtMillis)
                .max()
                .orElse(0);
        // The judge decides about a score before the optimizer has written it down.
        audit.forEach(change -> add(steps, number, change, scored));
        steps.sort(Comparator.comparingLong(Ordered::orderMillis));
        List<Double> values = own.stream()
                .filter(event -> event.getType() == TrialEventType.ASKED || event.getType() == TrialEventType.SUGGESTED)
                .map(TrialEvent::getValues)
                .findFirst()
                .orElse(List.of());
        return new CandidateStory(steps.stream().map(Ordered::step).toList(), now(number, own, audit, arms), values);
    }

    private static void add(List<Ordered> steps, TrialEvent event) {
        String what = switch (event.getType()) {
            case ASKED -> "asked";
            case SUGGESTED -> "suggested";
            case TOLD -> "scored";
            case FAILED -> "failed";
            case EXPIRED -> "expired";
            default -> "";
        };
        if (!what.isEmpty()) {
            steps.add(new Ordered(event.getAtMillis(), new Step(event.getAtMillis(), what, reason(event))));
        }
    }

    private static String reason(TrialEvent event) {
        return switch (event.getType()) {
            case TOLD -> score(event);
            case FAILED, EXPIRED -> FailureText.of(event);
            case SUGGESTED -> event.getBy() == null ? "" : "by " + event.getBy();
            default -> "";
        };
    }

    private static String score(TrialEvent told) {
        Double error = told.getStandardError();
        return String.format(
                Locale.ROOT,
                "loss against control %.4g%s (negative is better), from %d values",
                told.getLoss(),
                error == null ? "" : String.format(Locale.ROOT, " ± %.4g", error),
                told.getExamples());
    }

    private static void add(List<Ordered> steps, long number, ArmsChange change, long notBefore) {
        ArmsAction action = change.getAction();
        boolean about = ABOUT.contains(action) && change.getToNumber() == number;
        boolean replaces = change.getFromNumber() != change.getToNumber()
                && !ABOUT.contains(action)
                && (change.getFromNumber() == number || change.getToNumber() == number);
        boolean ramps = action == ArmsAction.RAMP && change.getToNumber() == number;
        if (action == ArmsAction.CALIBRATED && notBefore > 0) {
            // What the values of a score are.
            steps.add(new Ordered(
                    change.getAtMillis(), new Step(change.getAtMillis(), what(number, change), change.getReason())));
        }
        if (about || replaces || ramps) {
            steps.add(new Ordered(
                    Math.max(change.getAtMillis(), notBefore),
                    new Step(change.getAtMillis(), what(number, change), change.getReason())));
        }
    }

    private static String what(long number, ArmsChange change) {
        boolean replaced = Serving.promotes(change) && change.getToNumber() != number;
        return replaced ? "replaced" : change.getAction().name().toLowerCase(Locale.ROOT);
    }

    private static String now(long number, List<TrialEvent> own, List<ArmsChange> audit, Arms arms) {
        if (arms.getState() == ArmsState.REVERTED) {
            return number == 0
                    ? "it is the shipped model, which serves every unit"
                    : "the study was " + Held.why(arms, audit) + "; until then every unit gets the shipped model";
        }
        if (arms.getChampion().getNumber() == number) {
            return "it is the champion since " + Serving.time(since(number, audit, arms))
                    + (arms.getRampShare() < 1
                            ? ", and its ramp has reached " + Serving.percent(arms.getRampShare()) + " of its units"
                            : "");
        }
        if (number == 0) {
            return "it is the shipped model, which control's units get";
        }
        if (arms.getSlots().stream().map(ArmValues::getNumber).anyMatch(slot -> slot == number)) {
            String held = held(arms, audit);
            if (has(own, TrialEventType.TOLD)) {
                return "it is the challenger of the present duel" + held;
            }
            return held.isEmpty()
                    ? "it is being explored: units are assigned to it until it is scored"
                    : "it has a slot" + held;
        }
        return ended(number, own, audit, arms);
    }

    /** That no unit is assigned to a candidate now, and why; empty if units are. */
    private static String held(Arms arms, List<ArmsChange> audit) {
        return arms.getState() == ArmsState.EXPLORING ? "" : ", but exploration is held " + Held.why(arms, audit);
    }

    /** Each step of a ramp begins a new measurement, whose time the arms have. */
    private static long since(long number, List<ArmsChange> audit, Arms arms) {
        return audit.stream()
                .filter(change -> !ABOUT.contains(change.getAction())
                        && change.getToNumber() == number
                        && change.getFromNumber() != number)
                .mapToLong(ArmsChange::getAtMillis)
                .max()
                .orElse(arms.getChampion().getSinceMillis());
    }

    private static String ended(long number, List<TrialEvent> own, List<ArmsChange> audit, Arms arms) {
        if (has(own, TrialEventType.FAILED) || has(own, TrialEventType.EXPIRED)) {
            return "it was not promoted, because it has no score";
        }
        if (!has(own, TrialEventType.TOLD)) {
            return "it waits for a slot, or for its units" + held(arms, audit);
        }
        return audit.stream()
                .filter(change -> change.getToNumber() == number || change.getFromNumber() == number)
                .reduce((first, second) -> second)
                .map(change -> verdict(number, change))
                .orElseGet(() -> untried(own, audit, arms));
    }

    private static String verdict(long number, ArmsChange last) {
        return switch (last.getAction()) {
            case LOST -> "it was not promoted, because it lost its duel";
            case SKIPPED -> "it was not promoted, and had no duel, for the reason above";
            case REJECT -> "it was not promoted, because its proposal was rejected";
            case PROPOSE -> "it is proposed, and waits for a person to approve or reject it";
            case PROMOTE, APPROVE -> "it was champion until candidate " + last.getToNumber() + " replaced it";
            default -> last.getFromNumber() == number ? "it was champion, and is no longer" : "it is not served";
        };
    }

    private static String untried(List<TrialEvent> own, List<ArmsChange> audit, Arms arms) {
        boolean sameChampion = audit.stream().noneMatch(Serving::promotes);
        boolean worse = own.stream().anyMatch(event -> event.getLoss() != null && event.getLoss() >= 0);
        if (sameChampion && worse) {
            return "it was not tried in a duel, because it did not measure better than the shipped model";
        }
        String why = Held.why(arms, audit);
        return why == null
                ? "no duel was tried with it: when no duel and no ramp is under way, the recommended candidate is tried, or"
                        + " else the one that measures best, if that is better than the champion; with online.tellAfter,"
                        + " when the windows of its exposures are over"
                : "no duel was tried with it so far: "
                        + (arms.getState() == ArmsState.EXPLORING ? why : "exploration is held " + why);
    }

    private static boolean has(List<TrialEvent> events, TrialEventType type) {
        return events.stream().anyMatch(event -> event.getType() == type);
    }
}

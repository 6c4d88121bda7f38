package io.afterlearner.openfeature;

import io.afterlearner.client.Assignment;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsGroup;
import io.afterlearner.schemas.ArmsState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Serves a candidate whose values the test sets, and remembers what it was told. */
final class FakeStudy implements OnlineStudy {
    static final String STUDY = "ranking-1a2b";
    static final StudyFlag FLAG = StudyFlag.of("ranking", STUDY)
            .group("weights", 0, 0, 0)
            .group("threshold", 0.5)
            .choice("depth", 4, 2, 4, 8)
            .metrics("click", "revenue");

    final List<String> exposed = new ArrayList<>();
    final List<String> reports = new ArrayList<>();
    double[] values = {1, 2, 3, 0.75, 2};
    private int drawn;
    volatile OptionalLong champion = OptionalLong.of(3);
    volatile boolean current = true;
    volatile List<String> missing = List.of();
    volatile boolean closed;
    volatile Optional<Arms> arms = Optional.empty();
    volatile String failure = "";
    volatile boolean refused;
    volatile boolean rightsKnown = true;

    /** Arms of a study that the flag describes. */
    static Arms.Builder described() {
        ArmValues shipped = new ArmValues(0L, List.of(0.0, 0.0, 0.0, 0.5, 1.0), 1L);
        return Arms.newBuilder()
                .setStudy(STUDY)
                .setRevision(1)
                .setAtMillis(1)
                .setBy("test")
                .setReason("test")
                .setState(ArmsState.EXPLORING)
                .setControlShare(0.1)
                .setExploreShare(0.2)
                .setWindowMillis(1)
                .setSliceMillis(0)
                .setSalt("")
                .setControl(shipped)
                .setChampion(shipped)
                .setSlots(List.of())
                .setGroups(List.of(
                        new ArmsGroup("head.weight", 3, List.of()),
                        new ArmsGroup("threshold", 1, List.of()),
                        new ArmsGroup("depth", 1, List.of(2.0, 4.0, 8.0))))
                .setMetrics(List.of("click", "revenue", "latency"));
    }

    @Override
    public Assignment draw(String unit) {
        drawn++;
        boolean known = champion.isPresent();
        return new Assignment(
                STUDY,
                known ? unit + "-" + drawn : "",
                unit,
                known ? Arm.EXPLORE : Arm.UNKNOWN,
                known ? 7 : 0,
                known ? values : FLAG.shipped(),
                1,
                2,
                1,
                0,
                "test");
    }

    @Override
    public void exposed(Assignment assignment) {
        exposed.add(assignment.id());
    }

    @Override
    public void exposed(String token) {
        exposed.add("by token " + token.substring(STUDY.length() + 1));
    }

    @Override
    public Optional<Arms> arms() {
        return arms;
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public boolean isRefused() {
        return refused;
    }

    @Override
    public boolean areRightsKnown() {
        return rightsKnown;
    }

    @Override
    public String token(Assignment assignment) {
        return assignment.id().isEmpty() ? "" : STUDY + " " + assignment.id();
    }

    @Override
    public boolean signed(String token) {
        return token.startsWith(STUDY + " ");
    }

    @Override
    public void report(String token, String metric, double value, String id) {
        reports.add(
                token.substring(STUDY.length() + 1) + " " + metric + " " + value + (id.length() > 10 ? "" : " " + id));
    }

    @Override
    public OptionalLong champion() {
        return champion;
    }

    @Override
    public boolean isCurrent() {
        return current;
    }

    @Override
    public List<String> missingRights() {
        return missing;
    }

    @Override
    public long dropped() {
        return 5;
    }

    @Override
    public void close() {
        closed = true;
    }
}

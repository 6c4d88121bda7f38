package io.afterlearner.openfeature;

import io.afterlearner.client.Assignment;
import io.afterlearner.schemas.Arm;
import java.util.ArrayList;
import java.util.List;
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

package io.afterlearner.local.cli.session;

import io.afterlearner.aleph.Nearest;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.study.InputException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The studies on the topics of a stack. */
public record Studies(List<Known> all) {

    /** @param latest null until the optimizer has started it */
    public record Known(StudySpec spec, @Nullable Incumbent latest) {
        public String id() {
            return spec.getStudy();
        }

        public boolean isOnline() {
            return spec.getOnline() != null;
        }

        /** Whether it has finished or was stopped. */
        public boolean isOver() {
            return latest != null
                    && (latest.getStatus() == StudyStatus.FINISHED || latest.getStatus() == StudyStatus.STOPPED);
        }

        /** Candidates that have ended, as the optimizer counts them. */
        public long ended() {
            return latest == null ? 0 : latest.getTold() + latest.getFailed() + latest.getExpired();
        }

        public String status() {
            return latest == null ? "UNKNOWN" : latest.getStatus().name();
        }
    }

    /** Oldest first. */
    public static Studies of(Session session) {
        Map<String, Incumbent> incumbents = session.topics().incumbents();
        return new Studies(session.topics().studies().values().stream()
                .sorted(Comparator.comparingLong(StudySpec::getCreatedAtMillis))
                .map(spec -> new Known(spec, current(spec, incumbents.get(spec.getStudy()))))
                .toList());
    }

    public Map<String, Known> byId() {
        return all.stream().collect(Collectors.toMap(Known::id, known -> known));
    }

    /** Null if the incumbent is of a deleted study of the same name. */
    private static @Nullable Incumbent current(StudySpec spec, @Nullable Incumbent latest) {
        return latest != null && latest.getIncarnation() == spec.getIncarnation() ? latest : null;
    }

    /** @param name an id, or a name for the latest study of that name */
    public Known named(String name) {
        Map<String, Known> names = new LinkedHashMap<>();
        all.forEach(known -> names.put(known.spec().getName(), known));
        all.forEach(known -> names.put(known.id(), known));
        Known found = names.get(name);
        if (found == null) {
            throw new InputException(
                    "afterlearner: there is no study " + name + (names.isEmpty() ? " here, nor any other" : ""),
                    names.isEmpty() ? "create it first" : Nearest.hint(name, names.keySet()));
        }
        return found;
    }
}

package io.afterlearner.openfeature;

import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a flag with the study that it describes. */
final class FlagCheck {
    private final String flag;
    private final List<Group> groups;
    private final Arms arms;

    private FlagCheck(String flag, List<Group> groups, Arms arms) {
        this.flag = flag;
        this.groups = groups;
        this.arms = arms;
    }

    /** Why the flag does not describe the study with these arms, and how to fix it; empty if it does. */
    static String problem(String flag, List<Group> groups, Set<String> metrics, Arms arms) {
        FlagCheck check = new FlagCheck(flag, groups, arms);
        return Stream.of(check.groups(), check.metrics(metrics))
                .filter(problem -> !problem.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private String groups() {
        return Stream.<Supplier<String>>of(this::layout, this::choices, this::shipped)
                .map(Supplier::get)
                .filter(problem -> !problem.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Records of older versions have no groups: there only the number of values tells. */
    private String layout() {
        List<ArmsGroup> study = arms.getGroups();
        boolean same = study.isEmpty()
                ? groups.stream().mapToInt(Group::size).sum()
                        == arms.getControl().getValues().size()
                : isLike(study);
        if (same) {
            return "";
        }
        String has = study.isEmpty()
                ? arms.getControl().getValues().size() + " values"
                : study.stream()
                        .map(group -> shown(group.getName(), group.getSize()))
                        .collect(Collectors.joining(", "));
        return "flag " + flag + " describes "
                + groups.stream()
                        .map(group -> shown(group.name(), group.size()))
                        .collect(Collectors.joining(", "))
                + ", and study " + arms.getStudy() + " has " + has
                + "; describe the study's aleph, entry by entry in its order";
    }

    private static String shown(String group, int size) {
        return group + " (" + size + ")";
    }

    /** Groups may have names of their own, but not the name of another entry. */
    private boolean isLike(List<ArmsGroup> study) {
        Set<String> names = study.stream().map(ArmsGroup::getName).collect(Collectors.toSet());
        if (study.size() != groups.size()) {
            return false;
        }
        for (int i = 0; i < groups.size(); i++) {
            Group described = groups.get(i);
            boolean another = !described.name().equals(study.get(i).getName()) && names.contains(described.name());
            if (another || described.size() != study.get(i).getSize()) {
                return false;
            }
        }
        return true;
    }

    private String choices() {
        for (int i = 0; i < arms.getGroups().size(); i++) {
            List<Double> study = arms.getGroups().get(i).getChoices();
            Group described = groups.get(i);
            if (!described.choices().equals(study)) {
                return "group " + described.name() + " of flag " + flag + " has "
                        + (described.choices().isEmpty() ? "no choices" : "the choices " + described.choices())
                        + ", and study " + arms.getStudy() + " has " + (study.isEmpty() ? "none" : study)
                        + " there; use "
                        + (study.isEmpty() ? "group(…)" : "choice(…) with the study's choices in its order");
            }
        }
        return "";
    }

    private String shipped() {
        List<Double> study = arms.getControl().getValues();
        int at = 0;
        for (Group group : groups) {
            for (int i = 0; i < group.size(); i++, at++) {
                double described = group.shipped().get(i);
                if (!isSame(described, study.get(at))) {
                    return "group " + group.name() + (group.size() == 1 ? "" : "[" + i + "]") + " of flag " + flag
                            + " has the shipped value " + group.meaning(described) + ", and study " + arms.getStudy()
                            + " has " + group.meaning(study.get(at))
                            + "; give the study's shipped values, or its groups in its order";
                }
            }
        }
        return "";
    }

    /** A model's weights are single-precision numbers, which a program may well write with fewer digits. */
    private static boolean isSame(double one, double other) {
        return (float) one == (float) other;
    }

    private String metrics(Set<String> tracked) {
        List<String> study = arms.getMetrics();
        List<String> unknown = new ArrayList<>(new TreeSet<>(tracked));
        unknown.removeAll(study);
        return study.isEmpty() || unknown.isEmpty()
                ? ""
                : "flag " + flag + " tracks " + unknown + ", and study " + arms.getStudy() + " measures " + study
                        + "; give metrics(…) names of these";
    }
}

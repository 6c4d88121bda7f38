package io.afterlearner.local.cli;

import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.space.AlephNames;
import io.afterlearner.study.InputException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an online study serves, and the way back. They read and write topics, so that Kafka is all they need. */
final class StudyServing {
    private StudyServing() {}

    /** What all of them take. */
    static final class Target {
        @Parameters(paramLabel = "NAME", description = "The study.")
        private String name = "";

        @Mixin
        private final HomeOption home = new HomeOption();

        Session open() throws InterruptedException {
            return Session.openForReading(home.home());
        }

        Session join() {
            return Session.join(home.home());
        }

        /**
         * @throws InputException if there is no such study, or it is not online
         */
        Studies.Known online(Session session) {
            Studies.Known study = Studies.of(session).named(name);
            if (!study.isOnline()) {
                throw new InputException("afterlearner: study " + study.id()
                        + " is scored on data and serves nobody; ./afterlearner study show " + study.id()
                        + " has what it recommends");
            }
            return study;
        }
    }

    static StackException unbegun(String study) {
        return new StackException("study " + study + " serves nobody yet: the feedback service has not taken it up;"
                + " see that it runs with ./afterlearner status");
    }

    /** What is served, field by field; the values come last. */
    static Map<String, @Nullable Object> fields(Arms arms) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("study", arms.getStudy());
        fields.put("state", arms.getState().name().toLowerCase(Locale.ROOT));
        fields.put("champion", arms.getChampion().getNumber());
        fields.put("since", time(arms.getChampion().getSinceMillis()));
        fields.put("revision", arms.getRevision());
        fields.put("changedAt", time(arms.getAtMillis()));
        fields.put("by", arms.getBy());
        fields.put("reason", arms.getReason());
        fields.put(
                "exploring",
                arms.getSlots().stream()
                        .map(ArmValues::getNumber)
                        .filter(number -> number >= 0)
                        .distinct()
                        .toList());
        return fields;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    @Command(
            name = "champion",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Shows what an online study serves now: the values, since when, and why.",
            footer = {"", "Example:", "  ./afterlearner study champion ranking --json | jq .values"})
    static final class ChampionCommand implements Callable<Integer> {
        private final Console console;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Mixin
        private final Target target = new Target();

        ChampionCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            Studies.Known study;
            Arms arms;
            try (Session session = target.open()) {
                study = target.online(session);
                arms = session.topics().arms(study.id()).orElseThrow(() -> unbegun(study.id()));
            }
            Map<String, @Nullable Object> fields = fields(arms);
            List<Double> values = arms.getChampion().getValues();
            if (json) {
                fields.put("values", values);
                console.out().println(Json.line(fields));
                return Main.DONE;
            }
            fields.forEach((key, value) -> console.out().printf("%-14s%s%n", key, value));
            console.out().print(Values.text(AlephNames.of(study.spec().getAleph()), values));
            return Main.DONE;
        }
    }

    @Command(
            name = "revert",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Takes everybody back to ℵ₀ at once, and keeps them there until you resume. Needs Kafka and"
                    + " nothing else.",
            footer = {
                "",
                "Examples:",
                "  ./afterlearner study revert ranking --reason \"complaints since noon\"",
                "  ./afterlearner study resume ranking"
            })
    static final class RevertCommand implements Callable<Integer> {
        private static final int MOST_REASON_CHARACTERS = 1_000;

        private final Console console;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
        private String reason = "reverted by hand";

        @Mixin
        private final Target target = new Target();

        RevertCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            if (reason.isBlank() || reason.length() > MOST_REASON_CHARACTERS) {
                throw new InputException(
                        "afterlearner: --reason must be 1 to " + MOST_REASON_CHARACTERS + " characters");
            }
            try (Session session = target.open()) {
                String id = target.online(session).id();
                Arms arms = session.reverting()
                        .revert(id, reason.strip().replaceAll("\\p{Cntrl}+", " "))
                        .orElseThrow(() -> unbegun(id));
                console.out().println(id + " reverted");
                console.aside("everybody gets ℵ₀ since revision " + arms.getRevision()
                        + ", as soon as whoever assigns reads it; ./afterlearner study resume " + id
                        + " explores again");
            }
            return Main.DONE;
        }
    }

    @Command(
            name = "audit",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Lists every change of what an online study serves: when, who, from which champion to which,"
                    + " and why.",
            footer = {
                "",
                "Examples:",
                "  ./afterlearner study audit ranking",
                "  ./afterlearner study audit ranking --json | jq 'select(.action == \"promote\")'"
            })
    static final class AuditCommand implements Callable<Integer> {
        private final Console console;

        @Option(names = "--json", description = "One JSON object a line, with the values.")
        private boolean json;

        @Mixin
        private final Target target = new Target();

        AuditCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            List<ArmsChange> changes;
            try (Session session = target.open()) {
                changes = session.topics().audit(target.online(session).id());
            }
            if (json) {
                changes.forEach(change -> console.out().println(Json.line(line(change))));
                return Main.DONE;
            }
            Table table = new Table("at", "revision", "action", "champion", "by", "reason").lastWhole();
            changes.forEach(change -> table.row(
                    time(change.getAtMillis()),
                    change.getRevision(),
                    change.getAction().name().toLowerCase(Locale.ROOT),
                    change.getFromNumber() + " → " + change.getToNumber(),
                    change.getBy(),
                    change.getReason()));
            console.out().print(table);
            return Main.DONE;
        }

        private static Map<String, Object> line(ArmsChange change) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("study", change.getStudy());
            line.put("revision", change.getRevision());
            line.put("at", time(change.getAtMillis()));
            line.put("by", change.getBy());
            line.put("action", change.getAction().name().toLowerCase(Locale.ROOT));
            line.put("reason", change.getReason());
            line.put("from", candidate(change.getFromNumber(), change.getFromValues()));
            line.put("to", candidate(change.getToNumber(), change.getToValues()));
            return line;
        }

        private static Map<String, Object> candidate(long number, List<Double> values) {
            Map<String, Object> candidate = new LinkedHashMap<>();
            candidate.put("candidate", number);
            candidate.put("values", values);
            return candidate;
        }
    }
}

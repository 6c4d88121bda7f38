package io.afterlearner.local.cli;

import io.afterlearner.local.stack.Session;
import io.afterlearner.report.History;
import io.afterlearner.report.HistoryCsv;
import io.afterlearner.report.Numbers;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.space.AlephNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands that read what studies left on the topics; where no stack runs, the broker starts for as long as it takes. */
final class StudyReading {
    private StudyReading() {}

    private static Map<String, @Nullable Object> fields(Studies.Known known) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("study", known.id());
        fields.put("name", known.spec().getName());
        fields.put(
                "createdAt",
                Instant.ofEpochMilli(known.spec().getCreatedAtMillis()).toString());
        fields.put("judgedBy", known.isOnline() ? "users" : "data");
        fields.put("status", known.status());
        Incumbent latest = known.latest();
        if (latest != null) {
            fields.put("reason", latest.getReason());
            fields.put("candidate", latest.getNumber());
            fields.put("loss", latest.getLoss());
            fields.put("baselineLoss", latest.getBaselineLoss());
            fields.put("budget", latest.getBudget());
            fields.put("asked", latest.getAsked());
            fields.put("told", latest.getTold());
            fields.put("failed", latest.getFailed());
            fields.put("expired", latest.getExpired());
            fields.put("explanation", latest.getExplanation());
        }
        return fields;
    }

    private static String text(@Nullable Object value) {
        return value instanceof Map<?, ?> online
                ? online.get("state") + ", champion " + online.get("champion") + " since " + online.get("since")
                : number(value);
    }

    private static String number(@Nullable Object value) {
        return value instanceof Double number ? Numbers.of(number) : value == null ? "–" : value.toString();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Lists all studies, oldest first.",
            footer = {"", "Example:", "  ./afterlearner study list --json"})
    static final class ListCommand implements Callable<Integer> {
        private final Console console;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Mixin
        private final HomeOption home = new HomeOption();

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            List<Map<String, @Nullable Object>> all;
            try (Session session = Session.openForReading(home.home())) {
                all = Studies.of(session).all().stream()
                        .map(StudyReading::fields)
                        .toList();
            }
            if (json) {
                all.forEach(fields -> console.out().println(Json.line(fields)));
                return Main.DONE;
            }
            Table table = new Table("study", "judged by", "status", "told", "budget", "baseline", "best", "created");
            all.forEach(study -> table.row(
                    number(study.get("study")),
                    number(study.get("judgedBy")),
                    number(study.get("status")).toLowerCase(Locale.ROOT),
                    number(study.get("told")),
                    number(study.get("budget")),
                    number(study.get("baselineLoss")),
                    number(study.get("loss")),
                    number(study.get("createdAt"))));
            console.out().print(table);
            return Main.DONE;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Shows one study: where it stands and what it recommends.",
            footer = {"", "Example:", "  ./afterlearner study show depth --json | jq .values"})
    static final class ShowCommand implements Callable<Integer> {
        private final Console console;

        @Parameters(paramLabel = "NAME", description = "The study.")
        private String name = "";

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Mixin
        private final HomeOption home = new HomeOption();

        ShowCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            Studies.Known study;
            Optional<Arms> arms;
            try (Session session = Session.openForReading(home.home())) {
                study = Studies.of(session).named(name);
                arms = study.isOnline() ? session.topics().arms(study.id()) : Optional.empty();
            }
            Map<String, @Nullable Object> fields = fields(study);
            arms.ifPresent(now -> fields.put("online", StudyServing.fields(now)));
            Incumbent latest = study.latest();
            List<Double> values = latest == null ? List.of() : latest.getValues();
            if (json) {
                fields.put("values", values);
                console.out().println(Json.line(fields));
                return Main.DONE;
            }
            fields.forEach((key, value) -> console.out().printf("%-14s%s%n", key, text(value)));
            console.out().print(Values.text(AlephNames.of(study.spec().getAleph()), values));
            return Main.DONE;
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Writes one row a candidate as CSV, with its ℵ values.",
            footer = {"", "Example:", "  ./afterlearner study export depth --out history.csv"})
    static final class ExportCommand implements Callable<Integer> {
        private final Console console;

        @Parameters(paramLabel = "NAME", description = "The study.")
        private String name = "";

        @Option(names = "--out", paramLabel = "FILE", description = "Where to (default: standard output).")
        private @Nullable Path out;

        @Mixin
        private final HomeOption home = new HomeOption();

        ExportCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException, IOException {
            String csv;
            try (Session session = Session.openForReading(home.home())) {
                Studies.Known study = Studies.of(session).named(name);
                History history = History.of(
                        session.topics().trials(study.id()),
                        study.spec().getEvaluation().getTimeoutMillis());
                csv = HistoryCsv.of(history.trials(), AlephNames.of(study.spec().getAleph()));
            }
            if (out == null) {
                console.out().print(csv);
            } else {
                Files.writeString(out, csv, StandardCharsets.UTF_8);
                console.note("wrote " + out);
            }
            return Main.DONE;
        }
    }
}

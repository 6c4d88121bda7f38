package io.afterlearner.local.cli.serving;

import io.afterlearner.aleph.Printable;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Table;
import io.afterlearner.local.cli.session.OptimizerOption;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.study.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study forget-unit}. */
@Command(
        name = "forget-unit",
        description =
                "Forgets a unit (a user, a session or a request) of an online study, as far as that can be done, and"
                        + " says which records stay until when. Its open exposures are deleted, and its open tokens count"
                        + " no more. Stop assigning the unit first: a new assignment is stored again.",
        footer = {
            "",
            "Asks first; without a terminal, --yes or --dry-run is required. Through a service with keys, the key in",
            "AFTERLEARNER_KEY needs the role admin. Exit codes: 0 forgotten, or only shown; 1 the answer was no, or",
            "the service failed; 2 there is no such study, or the unit cannot be one.",
            "",
            "Examples:",
            "  ./afterlearner study forget-unit ranking --unit user-17 --dry-run",
            "  echo user-17 | ./afterlearner study forget-unit ranking --unit - --yes --json"
        })
public final class ForgetUnitCommand implements Callable<Integer> {
    private static final String FEEDBACK = "AFTERLEARNER_FEEDBACK";

    private final Console console;

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            required = true,
            description = "The unit, as it was assigned. - reads it from standard input, so that no list of processes"
                    + " shows it.")
    private String unit = "";

    @Option(names = "--dry-run", description = "Only show what is stored and until when.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Forget without asking.")
    private boolean yes;

    @Option(names = "--json", description = "Print the service's answer, one JSON object.")
    private boolean json;

    @Option(
            names = "--feedback",
            paramLabel = "URL",
            description = "Address of a feedback service that runs elsewhere; needs --kafka-config. Default: "
                    + FEEDBACK + ", or the stack of this machine.")
    private @Nullable String url = System.getenv(FEEDBACK);

    @Mixin
    private final StudyTarget target = new StudyTarget();

    ForgetUnitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String forgotten = unit.equals("-") ? line(System.in) : unit;
        String elsewhere = url == null || url.isBlank() ? null : url;
        try (Session session = elsewhere == null ? target.join() : target.openElsewhere("--feedback")) {
            String study = target.onlineIn(session).id();
            UnitRequests requests = new UnitRequests(service(session, elsewhere), study);
            if (!dryRun && !isConfirmed(study)) {
                console.note("nothing was forgotten");
                return ExitCode.SOFTWARE;
            }
            UnitRequests.Answer answer = requests.forget(forgotten, dryRun);
            if (json) {
                console.out().println(Json.line(answer));
            } else {
                show(answer);
            }
        }
        return ExitCode.OK;
    }

    /** The first line. A reader that replaced malformed bytes would forget another unit. */
    static String line(InputStream in) throws IOException {
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())).readLine();
            return Objects.requireNonNullElse(line, "");
        } catch (CharacterCodingException e) {
            throw new InputException("afterlearner: the unit on standard input is not UTF-8 text; send it in UTF-8");
        }
    }

    private static URI service(Session session, @Nullable String elsewhere) {
        if (elsewhere != null) {
            return OptimizerOption.checked("--feedback", elsewhere);
        }
        String own = session.state().feedback();
        if (own == null) {
            throw new InputException(
                    "afterlearner: no feedback service is known, and only that has the key of units",
                    "name it with --feedback URL or " + FEEDBACK);
        }
        return URI.create(own);
    }

    private boolean isConfirmed(String study) throws IOException {
        if (yes) {
            return true;
        }
        if (!console.canAsk()) {
            throw new InputException(
                    "afterlearner: study forget-unit asks before it forgets, and there is no terminal to ask on",
                    "add --yes to forget, or --dry-run to only see what is stored");
        }
        return console.asks("forget this unit in " + study + "? Its open exposures will not count.");
    }

    private void show(UnitRequests.Answer answer) {
        console.out().println(answer.study() + (answer.forgotten() ? " unit forgotten" : " nothing was changed"));
        answer.pseudonyms().forEach(pseudonym -> console.out().println("pseudonym " + Printable.line(pseudonym)));
        if (answer.forgotten()) {
            console.out()
                    .println("reports with its open tokens are discarded; none could count after "
                            + Printable.line(answer.refusedUntil()));
        }
        console.out().println("until Kafka deletes them, records with the pseudonym or its assignments stay on:");
        Table table = new Table("topic", "what it has about the unit", "gone at the latest");
        answer.kept().forEach(kept -> table.row(kept.topic(), words(kept.holds()), goneBy(kept.goneBy())));
        console.out().print(table);
        answer.telemetry()
                .forEach(topic -> console.out()
                        .println("your own topic " + Printable.line(topic)
                                + " is as you made it; delete there yourself"));
        console.aside("no other topic or file of AfterLearner has units; results are sums over many units."
                + " Your own logs and the tokens that your application keeps are yours to delete.");
    }

    private static String words(String holds) {
        return switch (holds) {
            case "PSEUDONYM" -> "pseudonym, arm, candidate, times";
            case "ASSIGNMENT" -> "ids of assignments, reports";
            case "ORIGINAL" -> "records that could not be used, as they were";
            default -> holds;
        };
    }

    private static String goneBy(@Nullable String time) {
        return time == null ? "never: its retention is unlimited" : time;
    }
}

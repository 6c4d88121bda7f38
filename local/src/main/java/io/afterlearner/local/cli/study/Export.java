package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.Results;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.report.Delivery;
import io.afterlearner.report.file.Outputs;
import io.afterlearner.report.file.VerdictLedger;
import io.afterlearner.study.InputException;
import io.afterlearner.study.files.Artifacts;
import io.afterlearner.study.resolve.ExistingStudy;
import io.afterlearner.study.resolve.ResolvedStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes all results of a study to a temporary folder, and from there to their destination. */
record Export(Console console, Session session, Home home) {

    void to(Destination destination, Studies.Known study) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("afterlearner-export");
        try {
            if (study.isOnline()) {
                new Outputs(folder).text(Delivery.HISTORY, ExportCommand.csv(session, study));
            } else {
                results(study, folder);
            }
            Manifest.write(study.id(), folder);
            destination.publish(folder);
        } finally {
            delete(folder);
        }
    }

    private void results(Studies.Known study, Path folder) throws IOException, InterruptedException {
        StudyProgress end = session.optimizer()
                .progress(study.id())
                .filter(StudyProgress::isOver)
                .orElseThrow(() -> new InputException(
                        "afterlearner: study " + study.id() + " is not over: " + study.status(),
                        "wait for it with " + session.hint("study", "watch", study.id())));
        ResolvedStudy resolved = ExistingStudy.of(study.spec(), Artifacts.downloads(home.downloads(), console::aside));
        new Results(console, session, resolved, new VerdictLedger(home.verdicts())).write(end, true, folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : files) {
                Files.deleteIfExists(each);
            }
        }
    }
}

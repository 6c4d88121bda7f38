package io.afterlearner.local.cli;

import io.afterlearner.local.stack.OptimizerClient;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StudyView;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands to a study that runs; they return when it has followed. */
final class StudySteering {
    private StudySteering() {}

    /** What all of them take. */
    static final class Target {
        @Parameters(paramLabel = "NAME", description = "The study.")
        private String name = "";

        @Mixin
        private final HomeOption home = new HomeOption();

        private static final int LOOKS = 50;
        private static final long LOOK_EVERY_MILLIS = 100;

        /** An order to the optimizer alone. */
        private int order(Console console, Action action, long budget, Predicate<StudyView> followed)
                throws InterruptedException {
            return order(console, action, budget, followed, null);
        }

        /**
         * @param served how an online study's arms stand once the feedback service has followed too; null where it has
         *     nothing to do
         */
        private int order(
                Console console,
                Action action,
                long budget,
                Predicate<StudyView> followed,
                @Nullable Predicate<ArmsState> served)
                throws InterruptedException {
            try (Session session = Session.join(home.home())) {
                Studies.Known study = Studies.of(session).named(name);
                boolean serves = served != null && study.isOnline();
                // After an online study's last candidate was told, there is something to steer in what is served alone.
                Predicate<StudyView> steered = serves ? followed.or(StudyView::isOver) : followed;
                session.optimizer().command(study.id(), action, budget);
                StudyView view = await(session.optimizer(), study.id(), steered);
                if (view == null || !steered.test(view)) {
                    console.note("afterlearner: study " + study.id() + " did not follow; it is "
                            + (view == null
                                    ? "not known"
                                    : view.status().toLowerCase(Locale.ROOT) + " with a budget of " + view.budget()));
                    return Main.FAILED;
                }
                if (served != null && serves) {
                    return serving(console, session, view, served);
                }
                console.out().println(study.id() + " " + view.status().toLowerCase(Locale.ROOT));
                return Main.DONE;
            }
        }

        private static int serving(Console console, Session session, StudyView view, Predicate<ArmsState> served)
                throws InterruptedException {
            String line = view.study() + " " + view.status().toLowerCase(Locale.ROOT);
            Arms arms = awaitArms(session, view.study(), served);
            if (arms == null || !served.test(arms.getState())) {
                console.note("afterlearner: study " + line + ", but what is served "
                        + (arms == null
                                ? "has not begun"
                                : "is " + arms.getState().name().toLowerCase(Locale.ROOT))
                        + "; ./afterlearner study audit " + view.study()
                        + " says why, and ./afterlearner status whether"
                        + " the feedback service runs");
                return Main.FAILED;
            }
            console.out().println(line + ", " + arms.getState().name().toLowerCase(Locale.ROOT));
            return Main.DONE;
        }

        private static @Nullable Arms awaitArms(Session session, String id, Predicate<ArmsState> served)
                throws InterruptedException {
            Arms arms = null;
            for (int look = 0; look < LOOKS; look++) {
                arms = session.topics().arms(id).orElse(null);
                if (arms != null && served.test(arms.getState())) {
                    return arms;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            return arms;
        }

        private static @Nullable StudyView await(OptimizerClient optimizer, String id, Predicate<StudyView> followed)
                throws InterruptedException {
            StudyView view = null;
            for (int look = 0; look < LOOKS; look++) {
                try {
                    view = optimizer.view(id).orElse(null);
                } catch (IOException e) {
                    // It may be starting again; the number of looks is limited.
                    view = null;
                }
                if (view != null && followed.test(view)) {
                    return view;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            return view;
        }
    }

    @Command(
            name = "watch",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Follows a study until it is over.",
            footer = {"", "Example:", "  ./afterlearner study watch depth"})
    static final class WatchCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private final Target target = new Target();

        WatchCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            try (Session session = Session.join(target.home.home())) {
                Studies.Known study = Studies.of(session).named(target.name);
                String id = study.id();
                StudyView end =
                        new Follow(console, session, id, study.isOnline()).untilOver("the study goes on without you");
                console.out().println(id + " " + end.status().toLowerCase(Locale.ROOT));
            }
            return Main.DONE;
        }
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description =
                    "Asks nothing new until resumed; what is outstanding is told. In an online study nobody meets a"
                            + " candidate meanwhile, and the champion is served.",
            footer = {"", "Example:", "  ./afterlearner study pause depth"})
    static final class PauseCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private final Target target = new Target();

        PauseCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            return target.order(console, Action.PAUSE, 0, StudyView::isPaused, state -> state != ArmsState.EXPLORING);
        }
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Goes on with a paused study, or with a reverted one.",
            footer = {"", "Example:", "  ./afterlearner study resume depth"})
    static final class ResumeCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private final Target target = new Target();

        ResumeCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            return target.order(
                    console, Action.RESUME, 0, view -> !view.isPaused(), state -> state == ArmsState.EXPLORING);
        }
    }

    @Command(
            name = "stop",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Ends a study for good; what it found stays, and an online study's champion is served on.",
            footer = {"", "Example:", "  ./afterlearner study stop depth"})
    static final class StopCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private final Target target = new Target();

        StopCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            return target.order(console, Action.STOP, 0, StudyView::isOver, state -> state != ArmsState.EXPLORING);
        }
    }

    @Command(
            name = "extend",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Gives a study a larger budget; a finished one goes on.",
            footer = {"", "Example:", "  ./afterlearner study extend depth --budget 600"})
    static final class ExtendCommand implements Callable<Integer> {
        private final Console console;

        @Option(names = "--budget", paramLabel = "N", required = true, description = "The new total of candidates.")
        private long budget;

        @Mixin
        private final Target target = new Target();

        ExtendCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            return target.order(console, Action.EXTEND, budget, view -> view.budget() >= budget);
        }
    }
}

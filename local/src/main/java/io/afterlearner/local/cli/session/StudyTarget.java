package io.afterlearner.local.cli.session;

import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.Session;
import io.afterlearner.study.InputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code NAME}, {@code --home} and {@code --kafka-config}: the study that a command is about, and where it is. */
public final class StudyTarget {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Study: an id, or a name for the latest study of that name.")
    private String name = "";

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final OptimizerOption optimizer = new OptimizerOption();

    public Home home() {
        return stack.home();
    }

    /** Topics only: starts a broker if no stack runs. */
    public Session open() throws InterruptedException {
        return stack.open();
    }

    /**
     * Topics only: those of the Kafka that a service elsewhere uses.
     *
     * @param option that names the service
     * @throws InputException if no Kafka is named
     */
    public Session openElsewhere(String option) throws InterruptedException {
        OptimizerOption.needed(option, stack.kafka());
        return stack.open();
    }

    /** The running stack with its services, or services that run elsewhere. */
    public Session join() {
        return optimizer.join(stack);
    }

    /** @throws InputException if there is no such study */
    public Studies.Known in(Session session) {
        return Studies.of(session).named(name);
    }

    /** @throws InputException if there is no such study, or it is not online */
    public Studies.Known onlineIn(Session session) {
        Studies.Known study = in(session);
        if (!study.isOnline()) {
            throw new InputException("afterlearner: study " + study.id()
                    + " is scored on data and serves no users; see its recommendation with "
                    + session.hint("study", "show", study.id()));
        }
        return study;
    }
}

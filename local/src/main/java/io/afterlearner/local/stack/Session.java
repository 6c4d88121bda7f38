package io.afterlearner.local.stack;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.StudySpec;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The services and topics that a command uses: those of a running stack, those of a stack of its own, which ends with the
 * session, or the user's Kafka alone.
 */
public final class Session implements AutoCloseable {
    private final Home home;
    private final KafkaSettings kafka;
    private final @Nullable StackState state;
    private final @Nullable Stack own;

    private Session(Home home, KafkaSettings kafka, @Nullable StackState state, @Nullable Stack own) {
        this.home = home;
        this.kafka = kafka;
        this.state = state;
        this.own = own;
    }

    private static Session with(Stack stack) {
        return new Session(stack.home(), stack.kafka(), stack.state(), stack);
    }

    private static Session with(Home home, StackState running, KafkaSettings kafka) {
        return new Session(home, kafka.with("bootstrap.servers", running.kafka()), running, null);
    }

    /** The shared stack of the home if it runs, else a new one. */
    public static Session open(Home home, StackSettings settings) throws InterruptedException {
        Optional<StackState> running = StackState.running(home).filter(StackState::shared);
        return running.isPresent() ? with(home, running.get(), settings.kafka()) : with(Stack.start(home, settings));
    }

    /** A new stack in a temporary folder, which is removed with the session. */
    public static Session openTemporary(String name, StackSettings settings) throws InterruptedException {
        return with(Stack.startTemporary(name, settings));
    }

    /** Topics only: those of the running stack, else of the user's Kafka, else of an embedded broker without services. */
    public static Session openForReading(Home home, KafkaSettings kafka) throws InterruptedException {
        Optional<StackState> running = StackState.running(home);
        if (running.isPresent()) {
            return with(home, running.get(), kafka);
        }
        return kafka.hasBootstrapServers()
                ? new Session(home, kafka, null, null)
                : with(Stack.startBroker(home, kafka));
    }

    /**
     * The running stack, shared or not.
     *
     * @throws StackException if no stack runs
     */
    public static Session join(Home home, KafkaSettings kafka) {
        return StackState.running(home)
                .map(state -> with(home, state, kafka))
                .orElseThrow(() -> new StackException(
                        "no stack runs on " + home.folder() + "; start one with " + home.hint("up")));
    }

    /** Services that run elsewhere, with the user's Kafka. */
    public static Session elsewhere(Home home, KafkaSettings kafka, URI optimizer) {
        StackState state = StackState.elsewhere(kafka.bootstrapServers(), optimizer);
        return new Session(home, kafka, state, null);
    }

    /** Not for a session that only reads topics. */
    public StackState state() {
        return Objects.requireNonNull(state, "no stack runs");
    }

    /**
     * Does nothing for services that run elsewhere: nobody here knows what serves their pools.
     *
     * @throws StackException if the stack's evaluators are of another pool, or an online study finds no feedback service
     */
    public void requireServing(StudySpec spec) {
        if (!state().isElsewhere()) {
            state().requireServing(spec, home);
        }
    }

    /** Why there is no study, and how to get one, in one line. */
    public String nothing() {
        return topics().isReady()
                ? "there is no study here yet; " + hint("retrofit", "STUDY.yaml") + " runs one"
                : "there is no study: Kafka at " + kafka.bootstrapServers() + " has no topics of AfterLearner yet; "
                        + hint("topics", "create") + " creates them, or name another Kafka";
    }

    /** Like {@link Home#hint}. */
    public String hint(String... words) {
        return home.hint(words);
    }

    /** Whether the stack ends with this session. */
    public boolean isOwn() {
        return own != null;
    }

    /** Whether services of the session's own stack write class archives when they end, which takes a few seconds. */
    public boolean isArchiving() {
        return own != null && own.isArchiving();
    }

    /** @throws StackException if a service of the session's own stack could not be kept running */
    public void requireServices() {
        if (own != null) {
            own.requireServices();
        }
    }

    /**
     * Runs a main class of this process's class path as one more child process until this session ends. It gets these
     * arguments and {@code port=}; its environment names the secrets of the stack and has the Kafka settings.
     * The stack must be the session's own.
     *
     * @return its address, such as {@code http://127.0.0.1:8080}
     */
    public String alongside(String name, String main, List<String> arguments) {
        Stack stack = Objects.requireNonNull(own, "the stack belongs to another process");
        return "http://127.0.0.1:" + stack.alongside(name, main, arguments);
    }

    public OptimizerClient optimizer() {
        return new OptimizerClient(state().http());
    }

    public Reverting reverting() {
        return new Reverting(kafka);
    }

    public TopicReader topics() {
        return new TopicReader(kafka);
    }

    /** Asks the services of the session's own stack to end, without waiting. Its topics can be read until the session ends. */
    public void requestStop() {
        if (own != null) {
            own.requestStop();
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}

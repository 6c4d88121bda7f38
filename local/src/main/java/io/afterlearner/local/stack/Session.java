package io.afterlearner.local.stack;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stack to talk to: the one that runs already, left as it is when this closes, or one of our own. */
public final class Session implements AutoCloseable {
    private final StackState state;
    private final @Nullable Stack own;

    private Session(StackState state, @Nullable Stack own) {
        this.state = state;
        this.own = own;
    }

    /** The shared stack of the home if it runs, else a new one. */
    public static Session open(Home home, StackSettings settings) throws InterruptedException {
        Optional<StackState> running = StackState.running(home).filter(StackState::shared);
        if (running.isPresent()) {
            return new Session(running.get(), null);
        }
        Stack stack = Stack.start(home, settings);
        return new Session(stack.state(), stack);
    }

    /** A new stack on a temporary folder of its own, which goes when the session does. */
    public static Session openPassing(String name, StackSettings settings) throws InterruptedException {
        Stack stack = Stack.startPassing(name, settings);
        return new Session(stack.state(), stack);
    }

    /** Something with topics: the stack that runs, else the broker alone. */
    public static Session openForReading(Home home) throws InterruptedException {
        Optional<StackState> running = StackState.running(home);
        if (running.isPresent()) {
            return new Session(running.get(), null);
        }
        Stack broker = Stack.startBroker(home);
        return new Session(broker.state(), broker);
    }

    /**
     * The stack that runs, shared or not.
     *
     * @throws StackException if none does
     */
    public static Session join(Home home) {
        return StackState.running(home)
                .map(state -> new Session(state, null))
                .orElseThrow(() ->
                        new StackException("no stack runs on " + home.folder() + "; start one with ./afterlearner up"));
    }

    public StackState state() {
        return state;
    }

    /** Whether the stack ends with this session. */
    public boolean isOwn() {
        return own != null;
    }

    /** Why the stack cannot go on, if it is ours and cannot. */
    public Optional<String> failure() {
        return own == null ? Optional.empty() : own.failure();
    }

    /**
     * Runs a main class of this process's own class path beside the services, until this session ends: it gets these
     * arguments and {@code port=}, and the tokens' secret in its environment.
     *
     * @return its address, such as {@code http://127.0.0.1:8080}
     * @throws IllegalStateException if the stack is not ours
     */
    public String alongside(String name, String main, List<String> arguments) {
        if (own == null) {
            throw new IllegalStateException("the stack is somebody else's");
        }
        return "http://127.0.0.1:" + own.alongside(name, main, arguments);
    }

    public OptimizerClient optimizer() {
        return new OptimizerClient(state.http());
    }

    public Reverting reverting() {
        return new Reverting(state.kafka());
    }

    public TopicReader topics() {
        return new TopicReader(state.kafka());
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}

package io.afterlearner.kafka.rights;

import io.afterlearner.kafka.CertificateFiles;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.cluster.Right;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether a process has the rights that it needs on Kafka. It asks Kafka every {@link #EVERY}, and at once when an
 * operation fails for want of a right. A missing right is logged once, and again when it is granted. With Kafka away the last
 * answer stands. Thread-safe.
 *
 * <pre>{@code
 * RightsWatch rights = new RightsWatch(kafka, () -> needed).onAnswer(metrics::show);
 * rights.start();
 * rights.shown();             // for a health check
 * rights.failed(exception);   // when an operation failed
 * }</pre>
 */
public final class RightsWatch implements AutoCloseable {
    /** A missing right is known after this time and the time of an answer, which is at most five seconds. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(RightsWatch.class.getName());
    /** Leaves the processor to the start of the process. */
    private static final Duration FIRST = Duration.ofSeconds(2);

    private static final Duration SOONEST = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final Supplier<? extends Collection<Right>> needed;
    private final MissingRights missing = new MissingRights(this::isOptional, System::nanoTime);
    private final Thread thread = new Thread(this::run, "kafka-rights");
    private Supplier<? extends Collection<Right>> optional = List::of;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Admin admin;
    private boolean urgent;
    /** Whether an operation was denied since the last answer by which nothing is missing. */
    private volatile boolean denied;

    /** Whether the next look needs a new connection, because credentials were refused on one. */
    private volatile boolean reconnect;

    private volatile boolean answered;
    private volatile boolean stopping;

    /** @param needed the rights without which the process cannot do its work */
    public RightsWatch(KafkaSettings kafka, Supplier<? extends Collection<Right>> needed) {
        this.kafka = kafka;
        this.needed = needed;
        thread.setDaemon(true);
    }

    /** Adds rights without which the process can do its other work, and is ready. Call it before {@link #start}. */
    public RightsWatch optional(Supplier<? extends Collection<Right>> rights) {
        optional = rights;
        return this;
    }

    private boolean isOptional(Right right) {
        return optional.get().contains(right);
    }

    /** Adds what runs after each answer of Kafka, on the watching thread; it must return quickly. */
    public RightsWatch onAnswer(Runnable answered) {
        listeners.add(answered);
        return this;
    }

    /** Asks as soon as it is started, for a process whose start waits for the answer. Call it before {@link #start}. */
    public synchronized RightsWatch atOnce() {
        urgent = true;
        return this;
    }

    /** Begins to watch; returns at once. */
    public void start() {
        thread.start();
    }

    /** What is wrong and how to fix it, a line each, by what is missing; empty if nothing is. */
    public Map<String, String> problems() {
        return missing.lines();
    }

    /**
     * The problems, and what is wrong with files of certificates that were replaced. The process goes on with the previous
     * certificates, and stays ready.
     */
    public Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>(problems());
        String certificates = CertificateFiles.problem();
        if (certificates != null) {
            shown.put("certificates", certificates);
        }
        return shown;
    }

    /** Whether Kafka accepts the credentials, and no right is missing that the process cannot do without. */
    public boolean isReady() {
        return !missing.isRefused() && optional.get().containsAll(missing.rights());
    }

    /** Whether Kafka has answered at least once. */
    public boolean isAnswered() {
        return answered;
    }

    /** Whether Kafka refuses the credentials of this process. */
    public boolean isRefused() {
        return missing.isRefused();
    }

    /** All rights that this process needs or was denied, and whether each is missing. */
    public Map<Right, Boolean> rights() {
        Map<Right, Boolean> rights = new TreeMap<>();
        all().forEach(right -> rights.put(right, false));
        missing.rights().forEach(right -> rights.put(right, true));
        return rights;
    }

    private List<Right> all() {
        List<Right> all = new ArrayList<>(needed.get());
        all.addAll(optional.get());
        return all;
    }

    /** Whether a reader of these topics would soon be denied an operation again. */
    public boolean isBlocked(Collection<String> topics) {
        return denied && (isLookDue() || !isReady() || topics.stream().anyMatch(this::isMissingOn));
    }

    private synchronized boolean isLookDue() {
        return urgent;
    }

    private boolean isMissingOn(String topic) {
        Right some = Right.literal(AclOperation.ANY, ResourceType.TOPIC, topic);
        return missing.rights().stream().anyMatch(right -> right.covers(some));
    }

    /**
     * Takes note of a failure if it comes from a missing right or from refused credentials.
     *
     * @return whether it does
     */
    public boolean failed(Throwable failure) {
        if (!Denials.isDenial(failure)) {
            return false;
        }
        missing.failed(Denials.rights(failure, all()));
        refused(failure);
        denied = true;
        lookSoon();
        return true;
    }

    private void refused(Throwable failure) {
        AuthenticationException refusal = Denials.find(failure, AuthenticationException.class);
        if (refusal != null) {
            missing.refused(KafkaReason.of(refusal));
            reconnect = true;
        }
    }

    private synchronized void lookSoon() {
        urgent = true;
        notifyAll();
    }

    private void run() {
        try {
            pause(FIRST);
            while (!stopping) {
                look();
                Thread.sleep(SOONEST.toMillis());
                pause(EVERY.minus(SOONEST));
            }
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "interrupted to stop");
        }
    }

    private synchronized void pause(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long leftMillis = atMost.toMillis();
        while (!urgent && leftMillis > 0) {
            wait(leftMillis);
            leftMillis = (end - System.nanoTime()) / 1_000_000;
        }
    }

    private void look() throws InterruptedException {
        CertificateFiles.look();
        try {
            missing.checked(RightsProbe.missing(open(), all()));
            answered = true;
            if (!reconnect) {
                missing.accepted();
            }
            if (missing.lines().isEmpty()) {
                denied = false;
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.log(System.Logger.Level.DEBUG, "Kafka does not tell the rights of this process", e);
            refused(e);
            missing.settle();
            reconnect = true;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the rights on Kafka cannot be checked; trying again", e);
        }
        looked();
    }

    private void looked() {
        synchronized (this) {
            urgent = false;
        }
        listeners.forEach(Runnable::run);
    }

    private synchronized Admin open() {
        if (reconnect) {
            closeAdmin();
            reconnect = false;
        }
        if (admin == null) {
            admin = kafka.newAdmin();
        }
        return admin;
    }

    private synchronized void closeAdmin() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        closeAdmin();
    }
}

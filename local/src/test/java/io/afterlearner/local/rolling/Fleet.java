package io.afterlearner.local.rolling;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker, one optimizer, two evaluators and two instances of feedback, which are replaced one at a time. */
final class Fleet implements AutoCloseable {
    private static final Layout LAYOUT = Layout.of(4, (short) 1);

    /** Changes whenever an instance is about to stop, and whenever one has become ready. */
    private final AtomicInteger phase = new AtomicInteger();

    private final EmbeddedKafka kafka;
    private final List<Instance> instances = new ArrayList<>();
    private final Instance optimizer;
    private final Instance evaluator;
    private final List<Instance> feedback;

    /** One instance of a service, under one name in all its versions. */
    static final class Instance {
        private final String module;
        private final List<String> settings;
        private volatile ServiceProcess process;

        @SuppressWarnings("NullAway.Init")
        private Instance(String module, List<String> settings) {
            this.module = module;
            this.settings = settings;
        }

        ServiceProcess process() {
            return process;
        }

        private void start(Release release, String servers, Duration delay) throws IOException {
            List<String> all = new ArrayList<>(settings);
            all.add("quarkus.shutdown.delay=" + delay);
            process = ServiceProcess.start(release.root().resolve(module), servers, all.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return module;
        }
    }

    /** Starts a broker without topics. */
    Fleet(Path folder) throws IOException, InterruptedException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        optimizer = instance(
                "optimizer-service",
                "-Xmx512m",
                // An older version may not know further settings, and would refuse them.
                "afterlearner.optimizer.instance=one");
        evaluator = evaluator();
        evaluator();
        feedback = List.of(feedback("one", folder), feedback("two", folder));
    }

    private Instance evaluator() {
        return instance(
                "evaluator-service",
                "-Xmx512m",
                "afterlearner.evaluator.slots=2",
                "afterlearner.evaluator.file-roots=/");
    }

    private Instance feedback(String name, Path folder) {
        return instance(
                "feedback-service",
                "-Xmx512m",
                "afterlearner.feedback.instance=" + name,
                "afterlearner.feedback.state-dir=" + folder.resolve("feedback-" + name));
    }

    private Instance instance(String module, String... settings) {
        Instance instance = new Instance(module, List.of(settings));
        instances.add(instance);
        return instance;
    }

    /** What {@code ./afterlearner topics create} does. */
    void createTopics() throws InterruptedException {
        ClusterSetup.create(settings(), LAYOUT, List.of("default"));
    }

    /** @param delay for which each instance answers after it was asked to stop */
    void start(Release release, Duration delay) throws IOException, InterruptedException {
        for (Instance instance : instances) {
            instance.start(release, kafka.bootstrapServers(), delay);
        }
        for (Instance instance : instances) {
            instance.process().awaitReady();
        }
    }

    /** Replaces instances, one after the other, as an operator does: the next one once the last one is ready. */
    void roll(Release release, Duration delay, List<Instance> replaced) throws IOException, InterruptedException {
        for (Instance instance : replaced) {
            phase.incrementAndGet();
            long start = System.nanoTime();
            instance.process().terminate();
            instance.process().awaitEnd();
            long stopped = System.nanoTime();
            instance.start(release, kafka.bootstrapServers(), delay);
            instance.process().awaitReady();
            phase.incrementAndGet();
            System.out.printf(
                    "rolling: %s stopped in %d ms, and was ready after another %d ms%n",
                    instance, (stopped - start) / 1_000_000, (System.nanoTime() - stopped) / 1_000_000);
        }
    }

    int phase() {
        return phase.get();
    }

    List<Instance> all() {
        return instances;
    }

    /** All but the second evaluator, which is like the first. */
    List<Instance> oneOfEach() {
        return List.of(optimizer, evaluator, feedback.get(0), feedback.get(1));
    }

    ServiceProcess optimizer() {
        return optimizer.process();
    }

    List<Instance> feedback() {
        return feedback;
    }

    KafkaSettings settings() {
        return KafkaSettings.of(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** Kills what still runs. */
    @Override
    public void close() {
        try {
            for (Instance instance : instances) {
                if (instance.process() != null) {
                    instance.process().kill();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kafka.close();
    }
}

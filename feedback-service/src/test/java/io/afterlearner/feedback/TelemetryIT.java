package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.embedded.clock.TurnedClock;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import io.afterlearner.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on the user's own topics become fitness. */
class TelemetryIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger ROOT = Logger.getLogger("");

    private static final Duration ORDERS_WINDOW = Duration.ofMinutes(10);
    /**
     * A study's salt is random: a fifth of the orders belong to control, give or take. A candidate is told after 30 of control;
     * of 200 orders, control would get fewer in 3 % of the runs, and of 500 in less than one of 10^12.
     */
    private static final int ORDERS = 500;
    /** The clock is turned between measurements, so that slices do not last. */
    private static final Duration PER_MEASUREMENT = Duration.ofMillis(150);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static TurnedClock clock;
    private static ServiceProcess service;
    private static KafkaProducer<String, byte[]> production;

    @BeforeAll
    static void start() throws Exception {
        ROOT.setLevel(Level.WARNING);
        clock = new TurnedClock(directory);
        kafka = TestedKafka.start(directory.resolve("kafka"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("web.orders", 2, (short) 1), new NewTopic("load", 1, (short) 1)))
                    .all()
                    .get();
        }
        service = ServiceProcess.start(
                        kafka.bootstrapServers(),
                        clock.jvmOption(),
                        "afterlearner.feedback.instance=one",
                        "afterlearner.feedback.state-dir=" + directory.resolve("one"))
                .awaitReady();
        production = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        production.close();
        service.close();
        kafka.close();
    }

    private static void emit(String topic, String json) throws Exception {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        production
                .send(new ProducerRecord<>(topic, null, clock.millis(), null, bytes))
                .get();
    }

    private static void create(String study, OnlineSpec online) throws Exception {
        Topic.send(kafka.bootstrapServers(), Topics.STUDIES, study, Specs.study(study, online));
        awaitThat(() -> service.get("/v1/studies/" + study + "/champion").statusCode() == 200);
        for (long number = 0; number < 2; number++) {
            Topic.send(kafka.bootstrapServers(), Topics.TRIALS, study, Specs.asked(study, number, 0.5 * number));
        }
        awaitThat(() -> service.get("/v1/studies/" + study + "/arms").body().contains("\"number\":1,"));
    }

    private static String counted() throws Exception {
        return service.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("afterlearner_"))
                .toList()
                .toString();
    }

    private static double fates(String fate) throws Exception {
        return service.get("/q/metrics")
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("afterlearner_feedback_reports_total{") && line.contains("\"" + fate + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Waits until the topic is read: its unusable records become dead letters. */
    private static void awaitRead(String topic) throws Exception {
        awaitThat(() -> {
            emit(topic, "{'about':'something else'}");
            return Topic.readAll(kafka.bootstrapServers(), Topics.DEAD_LETTERS, DeadLetter.class).stream()
                    .anyMatch(letter -> letter.getTopic().equals(topic));
        });
    }

    private static Measured told(String study, long number) throws Exception {
        awaitThat(() -> fitness(study, number) != null);
        return (Measured) fitness(study, number).getOutcome();
    }

    private static Fitness fitness(String study, long number) {
        return Topic.read(kafka.bootstrapServers(), Topics.FITNESS, study, Fitness.class).stream()
                .filter(f -> f.getNumber() == number)
                .findFirst()
                .orElse(null);
    }

    @Test
    void aTopicWithTokensIsReadAsFeedback() throws Exception {
        List<Telemetry> telemetry = List.of(
                new Telemetry(
                        "web.orders", TelemetryFormat.JSON, null, "click", "ctx.token", null, "bought", "ts", "order"),
                new Telemetry(
                        "web.orders", TelemetryFormat.JSON, null, "latency", "ctx.token", null, "ms", "ts", "order"));
        create("orders", Specs.online(ORDERS_WINDOW.toMillis(), 25, 0, telemetry));
        awaitRead("web.orders");
        for (int i = 0; i < ORDERS; i++) {
            HttpResponse<String> answer =
                    service.post("/v1/studies/orders/assignments", "{\"unit\":\"user-" + i + "\"}");
            JsonNode got = JSON.readTree(answer.body());
            boolean buys = got.get("candidate").asLong() == 1;
            String order = "{'ctx':{'token':'" + got.get("token").asText() + "'},'bought':" + buys + ",'ms':100,'ts':"
                    + clock.millis() + ",'order':'o" + i + "'}";
            emit("web.orders", order);
            emit("web.orders", order);
        }
        // Each order has two metrics and was sent twice.
        awaitThat(() -> fates("counted") >= 2 * ORDERS && fates("duplicate") >= 2 * ORDERS);
        Windows.close(kafka.bootstrapServers(), clock, ORDERS_WINDOW);
        Measured measured = told("orders", 1);
        assertEquals(-1, measured.getLoss(), 1e-9, counted());
        List<DeadLetter> dead = Topic.readAll(kafka.bootstrapServers(), Topics.DEAD_LETTERS, DeadLetter.class);
        assertTrue(
                dead.stream().anyMatch(d -> d.getReason().contains("ctx.token is missing")), "the stranger is named");
    }

    @Test
    void aGuardrailWhoseTopicDoesNotExistHoldsExploration() throws Exception {
        Telemetry missing = new Telemetry(
                "no.such.topic", TelemetryFormat.JSON, null, "latency", "ctx.token", null, "ms", "ts", "order");
        create("missing", Specs.online(ORDERS_WINDOW.toMillis(), 1_000_000, 0, List.of(missing)));
        for (int i = 0; i < ORDERS; i++) {
            service.post("/v1/studies/missing/assignments", "{\"unit\":\"user-" + i + "\"}");
        }
        Windows.close(kafka.bootstrapServers(), clock, ORDERS_WINDOW);
        awaitThat(() -> standing("missing").at("/control/exposures").asLong() >= 30);
        // Late reports are waited for.
        Windows.close(kafka.bootstrapServers(), clock, ORDERS_WINDOW);
        awaitThat(() -> standing("missing").get("hold").asText().equals("NO_REPORTS"));
        awaitThat(() -> audit("missing").contains("check that topic no.such.topic exists"));
    }

    private static String audit(String study) throws Exception {
        return Topic.read(kafka.bootstrapServers(), Topics.AUDIT, study, ArmsChange.class).stream()
                .map(ArmsChange::getReason)
                .toList()
                .toString();
    }

    private static JsonNode standing(String study) throws Exception {
        return JSON.readTree(service.get("/v1/studies/" + study + "/standing").body());
    }

    @Test
    void inAStudyThatSlicesTimeAMetricOfTheSystemCountsForTheCandidateServedThen() throws Exception {
        long slice = 1_000;
        Telemetry load = new Telemetry("load", TelemetryFormat.JSON, null, "click", null, null, "good", null, null);
        OnlineSpec online = Specs.online(3_000, 10, slice, List.of(load));
        online.put("guardrails", List.of());
        // A slice without measurements does not count.
        online.getMetric().put("silence", null);
        create("sliced", online);
        awaitRead("load");
        AtomicBoolean told = new AtomicBoolean();
        Thread users = new Thread(() -> {
            try {
                while (!told.get()) {
                    measureNow(slice);
                    clock.turn(PER_MEASUREMENT);
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        users.start();
        Measured measured = told("sliced", 1);
        told.set(true);
        users.join();
        assertEquals(-1, measured.getLoss(), 0.2);
    }

    private static void measureNow(long slice) throws Exception {
        String body = service.post("/v1/studies/sliced/assignments", "{\"unit\":\"" + System.nanoTime() + "\"}")
                .body();
        JsonNode got = JSON.readTree(body);
        if (!got.has("unit")) {
            return;
        }
        assertTrue(got.get("unit").asText().startsWith("slice "), body);
        long within = clock.millis() - got.get("assignedAtMillis").asLong();
        // At the end of a slice, a measurement may belong to the next candidate.
        if (within < slice * 4 / 5) {
            emit("load", "{'good':" + (got.get("candidate").asLong() == 1 ? 1 : 0) + "}");
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void awaitThat(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 150 s; the service said:\n" + service.said());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}

package io.afterlearner.optimizer;

import static io.afterlearner.optimizer.SampleSpecs.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.kafka.cluster.TestedKafka;
import io.afterlearner.optimizer.shell.Messages;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.ScoredVerdict;
import io.afterlearner.schemas.SplitLoss;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictOutcome;
import io.afterlearner.schemas.VerdictReason;
import io.afterlearner.schemas.VerdictRequest;
import io.afterlearner.schemas.Verdicts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service asks for a verdict and shows the answer that counts. */
class VerdictIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger ROOT = Logger.getLogger("");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TEST = "\"test\":{\"uri\":\"file:///t.npz\",\"sha256\":\"" + "ab".repeat(32) + "\"},";

    @TempDir
    Path directory;

    @Test
    void theFirstVerdictOfThisIncarnationIsShown() throws Exception {
        ROOT.setLevel(Level.WARNING);
        try (EmbeddedKafka kafka = TestedKafka.start(directory.resolve("kafka"));
                ServiceProcess service =
                        ServiceProcess.startArchiving(kafka.bootstrapServers()).awaitReady();
                Evaluator evaluator = run(kafka, service, spec("judged", 2, 1).replaceFirst("\\{", "{" + TEST))) {
            VerdictRequest request = requests(kafka, 1).get(0);
            assertEquals(1, request.getNumber());
            assertTrue(view(service).get("verdict").isNull(), "nobody has answered yet");
            assertEquals(List.of(0L, 1L, 1L), work(service), "an evaluator is needed for the verdict");

            VerdictRequest old = VerdictRequest.newBuilder(request)
                    .setIncarnation(request.getIncarnation() + 1)
                    .build();
            answer(kafka, old, scored(VerdictOutcome.IMPROVED, 9));
            answer(kafka, request, new Failed("no space", null));
            JsonNode failed = await(service, verdict -> !verdict.isNull());
            assertEquals("inconclusive", failed.get("outcome").asText());
            assertEquals("no space", failed.get("failure").asText());
            assertEquals(List.of(0L, 0L, 0L), work(service));
            assertEquals(202, service.post("/v1/studies/judged/verdict", "{}").statusCode());
            assertEquals(request.getNumber(), requests(kafka, 2).get(1).getNumber());
            assertEquals(List.of(0L, 1L, 1L), work(service), "asked again");

            answer(kafka, request, scored(VerdictOutcome.WORSE, 3));
            JsonNode first = await(service, verdict -> verdict.get("failure").isNull());
            assertEquals(List.of(0L, 0L, 0L), work(service));
            answer(kafka, request, scored(VerdictOutcome.IMPROVED, 1));
            assertEquals(200, service.post("/v1/studies/judged/verdict", "{}").statusCode());
            assertEquals(first, readAnew(kafka));
            assertEquals("worse", first.get("outcome").asText());
            assertEquals(3.0, first.get("candidateLoss").asDouble());
            assertTrue(first.get("high").isNull());

            String extend = "{\"action\":\"EXTEND\",\"budget\":3}";
            assertEquals(
                    202, service.post("/v1/studies/judged/commands", extend).statusCode());
            await(service, JsonNode::isNull);
            assertEquals(List.of(1L, 0L, 1L), work(service), "the extended study has a candidate");
            assertEquals(409, service.post("/v1/studies/judged/verdict", "{}").statusCode());
            assertEquals(2, evaluator.next().getNumber());
        }
    }

    /** Creates the study and answers its two candidates; the second one is better. */
    private static Evaluator run(EmbeddedKafka kafka, ServiceProcess service, String spec) throws Exception {
        assertEquals(201, service.post("/v1/studies", spec).statusCode());
        Evaluator evaluator = new Evaluator(kafka.bootstrapServers(), "judged");
        for (int i = 0; i < 2; i++) {
            evaluator.tell(evaluator.next().getNumber(), 2.0 - i);
        }
        return evaluator;
    }

    private static ScoredVerdict scored(VerdictOutcome outcome, double loss) {
        return new ScoredVerdict(
                outcome,
                VerdictReason.SHOWN,
                0.1,
                null,
                0.05,
                0.0,
                100L,
                new SplitLoss(2.0, null, null),
                new SplitLoss(loss, null, null));
    }

    private static void answer(EmbeddedKafka kafka, VerdictRequest request, Object outcome) throws Exception {
        VerdictAnswer answer = new VerdictAnswer(
                request.getStudy(),
                request.getIncarnation(),
                request.getNumber(),
                outcome,
                new Provenance("e", "1", null, null, "CPU", 100L, 1L, 1L));
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.VERDICTS, Verdicts.key(answer), Messages.bytes(answer)))
                    .get();
        }
    }

    /** The committed requests for verdicts, as soon as there are so many. */
    private static List<VerdictRequest> requests(EmbeddedKafka kafka, int count) {
        List<VerdictRequest> requests = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partition = List.of(new TopicPartition(Topics.verdictRequests("default"), 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (requests.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> requests.add(Messages.decode(VerdictRequest.class, record.value())));
            }
        }
        assertEquals(count, requests.size());
        return requests;
    }

    /** As another instance shows it, which is ready when it has read all answers. */
    private static JsonNode readAnew(EmbeddedKafka kafka) throws Exception {
        try (ServiceProcess second =
                ServiceProcess.start(kafka.bootstrapServers(), "afterlearner.optimizer.instance=second")) {
            second.awaitReady();
            assertEquals(List.of(0L, 0L, 0L), work(second));
            return view(second).get("verdict");
        }
    }

    private static JsonNode view(ServiceProcess service) throws Exception {
        return JSON.readTree(service.get("/v1/studies/judged").body());
    }

    /** Outstanding candidates and open requests for verdicts of the pool, and both together. */
    private static List<Long> work(ServiceProcess service) throws Exception {
        JsonNode pool = JSON.readTree(service.get("/v1/pools/default").body());
        return List.of(
                pool.get("outstanding").asLong(),
                pool.get("verdicts").asLong(),
                pool.get("work").asLong());
    }

    private static JsonNode await(ServiceProcess service, Predicate<JsonNode> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode verdict = view(service).get("verdict");
        while (!wanted.test(verdict)) {
            assertTrue(System.nanoTime() < end, "not within " + PATIENCE + ": " + verdict);
            Thread.sleep(20);
            verdict = view(service).get("verdict");
        }
        return verdict;
    }
}

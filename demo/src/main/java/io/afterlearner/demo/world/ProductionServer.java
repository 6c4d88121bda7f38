package io.afterlearner.demo.world;

import io.afterlearner.client.AfterLearner;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Keys;
import io.afterlearner.demo.world.JsonServer.Answer;
import io.afterlearner.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A shop's server: {@code GET /rank?user=ann} answers the items to show, ranked with the ℵ that the user is assigned, and a
 * token to report clicks with. The time that each page took goes to the {@link PageLog}.
 */
public final class ProductionServer {
    private static final int THREADS = 4;
    /** Scores depend on ℵ alone, and few different ℵ are served at a time. */
    private static final int MAX_CACHED = 64;

    private final Catalogue catalogue;
    private final Ranker ranker;
    private final AfterLearner afterLearner;
    private final PageLog log;
    private final Map<List<Double>, Scores> scores = new ConcurrentHashMap<>();

    private ProductionServer(Catalogue catalogue, Ranker ranker, AfterLearner afterLearner, PageLog log) {
        this.catalogue = catalogue;
        this.ranker = ranker;
        this.afterLearner = afterLearner;
        this.log = log;
    }

    /**
     * Serves until the process ends.
     *
     * @param arguments {@code folder=} of the example, {@code study=} its id, {@code port=} to listen on; the Kafka settings and
     *     the secrets (see Keys) are in the environment
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Arguments given = Arguments.of(arguments);
        Path folder = Path.of(given.text("folder"));
        Catalogue catalogue = Catalogue.read(folder.resolve("catalogue.csv"));
        Ranker ranker = Ranker.open(folder.resolve("ranker.onnx"), catalogue);
        KafkaSettings kafka = KafkaSettings.ofProcess();
        AfterLearner afterLearner =
                AfterLearner.connect(given.text("study"), ranker.shipped(), kafka.admin(), Keys.of(System.getenv()));
        ProductionServer server = new ProductionServer(catalogue, ranker, afterLearner, PageLog.open(kafka.admin()));
        JsonServer.start(
                given.port(),
                THREADS,
                Map.of(
                        "/rank",
                        server::rank,
                        "/ready",
                        query -> new Answer(afterLearner.isConnected() ? 200 : 503, Map.of())));
    }

    private Answer rank(String query) {
        if (!query.startsWith("user=")) {
            return new Answer(400, Map.of("detail", "user is missing; request /rank?user=ann"));
        }
        String user = query.substring("user=".length());
        Assignment got = afterLearner.assign(user);
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Scores.Page page = scores(got).page(catalogue.found(random.nextLong()));
        String token = afterLearner.token(got);
        log.shown(new PageLog.Entry(
                System.currentTimeMillis(),
                Long.toHexString(random.nextLong()),
                user,
                page.ranked(),
                page.millis(random.nextGaussian()),
                new PageLog.Context(token)));
        return new Answer(
                200,
                Map.of(
                        "items", page.items(),
                        "token", token,
                        "arm", got.arm().name(),
                        "candidate", got.number()));
    }

    private Scores scores(Assignment got) {
        List<Double> key = Arrays.stream(got.values()).boxed().toList();
        if (scores.size() > MAX_CACHED) {
            scores.clear();
        }
        return scores.computeIfAbsent(key, k -> ranker.scores(got.values()));
    }
}

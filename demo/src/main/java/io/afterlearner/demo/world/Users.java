package io.afterlearner.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.local.stack.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Simulated users: they request a page from the shop's server over HTTP and click some items later. Some clicks are lost,
 * some are sent twice. Bots click every item several times.
 */
public final class Users {
    static final int COUNT = 50_000;
    /** One in so many users is a bot. */
    static final int BOT_EVERY = 50;

    static final double LOST = 0.05;
    static final double TWICE = 0.03;
    static final double DELAY_MILLIS = 700;
    /** The rate of visits rises slowly, because JVMs are slow at first. */
    private static final double WARM_UP_NANOS = 25e9;

    private static final int BOT_CLICKS = 4;
    private static final int THREADS = 3;
    private static final int SENDERS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Catalogue catalogue;
    private final String server;
    private final Clicks clicks;
    private final Taste[] tastes;
    private final Map<String, Tally.Total> totals = new ConcurrentHashMap<>();
    private volatile boolean drifted;

    private Users(Catalogue catalogue, String server, URI feedback, long seed) {
        this.catalogue = catalogue;
        this.server = server;
        clicks = new Clicks(feedback);
        tastes = new Taste[] {Taste.of(seed, false), Taste.of(seed, true)};
    }

    /**
     * Visits until the process ends. On the process's own port, {@code /drift} makes the taste drift and {@code /tally}
     * answers the {@link Tally}.
     *
     * @param arguments {@code folder=} of the example, {@code server=} and {@code feedback=} base addresses, {@code rate=} visits
     *     per second, {@code seed=}, {@code port=}
     */
    public static void main(String[] arguments) throws IOException {
        Arguments given = Arguments.of(arguments);
        Users users = new Users(
                Catalogue.read(Path.of(given.text("folder")).resolve("catalogue.csv")),
                given.text("server"),
                URI.create(given.text("feedback") + "/v1/feedback"),
                given.whole("seed"));
        JsonServer.start(given.port(), 1, Map.of("/drift", query -> users.drift(), "/tally", query -> users.tally()));
        for (int i = 0; i < SENDERS; i++) {
            new Thread(users.clicks).start();
        }
        long pauseNanos = 1_000_000_000L * THREADS / given.whole("rate");
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(given.whole("seed") * THREADS + i);
            new Thread(() -> users.visit(random, pauseNanos)).start();
        }
    }

    private JsonServer.Answer drift() {
        drifted = true;
        return new JsonServer.Answer(200, Map.of());
    }

    private JsonServer.Answer tally() {
        return new JsonServer.Answer(200, new Tally(Map.copyOf(totals), COUNT - COUNT / BOT_EVERY, clicks.accepted()));
    }

    private void visit(Random random, long pauseNanos) {
        long begun = System.nanoTime();
        long next = begun;
        try {
            while (true) {
                double sofar = (next - begun) / WARM_UP_NANOS;
                double busy = Math.min(1, 0.03 + sofar * sofar);
                next += Math.round(pauseNanos / busy);
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                } else if (wait < -1_000_000_000L) {
                    // The visits that are overdue are omitted.
                    next = System.nanoTime();
                }
                visit(random.nextInt(COUNT), random);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit(int user, Random random) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = Exchange.send(
                    HttpRequest.newBuilder(URI.create(server + "/rank?user=user-" + user))
                            .build(),
                    Clicks.REQUEST_TIMEOUT);
            look(user, JSON.readTree(answer.body()), random);
        } catch (IOException e) {
            // This user leaves without a page.
            return;
        }
    }

    private void look(int user, JsonNode page, Random random) {
        String token = page.path("token").asText();
        boolean bot = user % BOT_EVERY == 0;
        Taste taste = tastes[drifted ? 1 : 0].of(user);
        double worth = 0;
        for (int place = 0; place < page.path("items").size(); place++) {
            int item = page.path("items").get(place).asInt();
            double chance = taste.chance(catalogue.features()[item], place);
            worth += chance;
            if (bot) {
                flood(token);
            } else if (random.nextDouble() < chance) {
                click(token, place, random);
            }
        }
        if (!bot) {
            String arm = (drifted ? "after " : "before ") + page.path("arm").asText();
            totals.merge(arm, new Tally.Total(1, worth), Tally.Total::plus);
        }
    }

    private void click(String token, int place, Random random) {
        if (token.isEmpty() || random.nextDouble() < LOST) {
            return;
        }
        long delay = Math.round(-Math.log(1 - random.nextDouble()) * DELAY_MILLIS);
        long at = System.currentTimeMillis() + delay;
        String id = Integer.toHexString(random.nextInt()) + "-" + place;
        clicks.add(token, id, at);
        if (random.nextDouble() < TWICE) {
            clicks.add(token, id, at);
        }
    }

    private void flood(String token) {
        for (int i = 0; i < BOT_CLICKS && !token.isEmpty(); i++) {
            clicks.add(token, "bot-" + System.nanoTime(), System.currentTimeMillis());
        }
    }
}

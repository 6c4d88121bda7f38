package io.afterlearner.demo.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * People, and some who are none: they ask the shop's server for a page, look at it, and click later. Some clicks are lost,
 * some are sent twice; bots click everything again and again. They see nothing but HTTP.
 */
public final class Users {
    static final int MANY = 50_000;
    /** One user in so many is a bot. */
    static final int A_BOT_IN = 50;

    static final double LOST = 0.05;
    static final double TWICE = 0.03;
    static final double DELAY_MILLIS = 700;
    /** The attribution window, and something for the way. */
    private static final long IN_TIME_MILLIS = 2_900;

    /** It gets busy by and by, for cold machines are slow. */
    private static final double BUSY_NANOS = 25e9;

    private static final int BOT_CLICKS = 4;
    private static final int THREADS = 3;
    private static final int SENDERS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Catalogue catalogue;
    private final String server;
    private final Clicks clicks;
    private final Taste[] tastes;
    private final Tally tally = new Tally();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean drifted;

    private Users(Catalogue catalogue, String server, URI feedback, long seed) {
        this.catalogue = catalogue;
        this.server = server;
        clicks = new Clicks(http, feedback);
        tastes = new Taste[] {Taste.of(seed, false), Taste.of(seed, true)};
    }

    /**
     * Comes and goes until the process ends; {@code POST /drift} on its own port makes the taste drift, {@code GET /tally}
     * says what only the simulator knows.
     *
     * @param arguments {@code folder=} of the example, {@code server=} and {@code feedback=} base addresses, {@code rate=} visits
     *     a second, {@code seed=}, {@code port=}
     */
    public static void main(String[] arguments) throws IOException {
        Arguments given = Arguments.of(arguments);
        Users users = new Users(
                Catalogue.read(Path.of(given.text("folder")).resolve("catalogue.csv")),
                given.text("server"),
                URI.create(given.text("feedback") + "/v1/feedback"),
                given.whole("seed"));
        users.listen((int) given.whole("port"));
        for (int i = 0; i < SENDERS; i++) {
            start(users.clicks);
        }
        long pauseNanos = 1_000_000_000L * THREADS / given.whole("rate");
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(given.whole("seed") * THREADS + i);
            start(() -> users.come(random, pauseNanos));
        }
    }

    private static void start(Runnable task) {
        new Thread(task).start();
    }

    private void listen(int port) throws IOException {
        HttpServer own = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        own.createContext("/drift", exchange -> {
            drifted = true;
            answer(exchange, Map.of());
        });
        own.createContext(
                "/tally",
                exchange -> answer(
                        exchange,
                        Map.of(
                                "arms",
                                tally.now(),
                                "users",
                                MANY - MANY / A_BOT_IN,
                                "accepted",
                                clicks.accepted,
                                "refused",
                                clicks.refused,
                                "failed",
                                failed)));
        own.setExecutor(Executors.newSingleThreadExecutor());
        own.start();
    }

    private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void come(Random random, long pauseNanos) {
        long begun = System.nanoTime();
        long next = begun;
        try {
            while (true) {
                double sofar = (next - begun) / BUSY_NANOS;
                double busy = Math.min(1, 0.03 + sofar * sofar);
                next += Math.round(pauseNanos / busy);
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                } else if (wait < -1_000_000_000L) {
                    // Who would have come meanwhile did not.
                    next = System.nanoTime();
                }
                visit(random.nextInt(MANY), random);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit(int user, Random random) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(server + "/rank?user=user-" + user))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            look(user, JSON.readTree(answer.body()), random);
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    private void look(int user, JsonNode page, Random random) {
        String token = page.path("token").asText();
        boolean bot = user % A_BOT_IN == 0;
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
            String arm = page.path("arm").asText();
            String who = arm.equals("EXPLORE")
                    ? arm
                    : arm + " " + page.path("candidate").asLong();
            tally.add((drifted ? "after " : "before ") + who, worth);
        }
    }

    private void click(String token, int place, Random random) {
        if (token.isEmpty() || random.nextDouble() < LOST) {
            return;
        }
        long delay = Math.round(-Math.log(1 - random.nextDouble()) * DELAY_MILLIS);
        long at = System.currentTimeMillis() + delay;
        boolean late = delay > IN_TIME_MILLIS;
        String id = Integer.toHexString(random.nextInt()) + "-" + place;
        clicks.add(token, id, at, late);
        if (random.nextDouble() < TWICE) {
            clicks.add(token, id, at, late);
        }
    }

    private void flood(String token) {
        for (int i = 0; i < BOT_CLICKS && !token.isEmpty(); i++) {
            clicks.add(token, "bot-" + System.nanoTime(), System.currentTimeMillis(), false);
        }
    }
}

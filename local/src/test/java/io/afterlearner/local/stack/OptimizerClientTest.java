package io.afterlearner.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.afterlearner.schemas.Action;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A refusal of what the user asked for is wrong input, whichever status has it; anything else is a failure. */
class OptimizerClientTest {
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private HttpServer server;
    private OptimizerClient optimizer;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] problem = "{\"detail\":\"no\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(statuses.size() > 1 ? statuses.remove() : statuses.element(), problem.length);
            exchange.getResponseBody().write(problem);
            exchange.close();
        });
        server.start();
        optimizer =
                new OptimizerClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void everyRefusalIsWrongInput() {
        for (int status : List.of(400, 404, 409, 413, 422)) {
            statuses.clear();
            statuses.add(status);
            InputException e = assertThrows(InputException.class, () -> optimizer.command("s", Action.PAUSE, 0));
            assertEquals("afterlearner: the optimizer refused the request: no", e.getMessage());
        }
    }

    @Test
    void aKeyThatIsNotAcceptedIsWrongInputAndSaysWhereItComesFrom() {
        for (int status : List.of(401, 403)) {
            statuses.clear();
            statuses.add(status);
            for (Executable request :
                    List.<Executable>of(() -> optimizer.command("s", Action.PAUSE, 0), () -> optimizer.progress("s"))) {
                InputException e = assertThrows(InputException.class, request);
                assertEquals(
                        "afterlearner: the optimizer refused the request: no; set AFTERLEARNER_KEY or"
                                + " AFTERLEARNER_KEY_FILE to a key with this right",
                        e.getMessage());
            }
        }
    }

    @Test
    void aFailureOfTheOptimizerIsNot() {
        statuses.add(500);
        StackException e = assertThrows(StackException.class, () -> optimizer.command("s", Action.PAUSE, 0));
        assertEquals("the optimizer failed: no", e.getMessage());
    }

    @Test
    void anOptimizerThatIsBusyIsAskedAgain() throws InterruptedException {
        statuses.addAll(List.of(503, 429, 202));
        optimizer.command("s", Action.PAUSE, 0);
        assertEquals(1, statuses.size());
    }
}

package io.afterlearner.kafka.cluster;

import io.afterlearner.embedded.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks a service what the kubelet asks. */
public record Probes(ServiceProcess service) {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final long PAUSE_MILLIS = 100;
    private static final String RESTORED = "state is restored";

    public boolean isStarted() throws IOException, InterruptedException {
        return ask("started").statusCode() == OK;
    }

    /** Whether it answers the kubelet at all, and says that it has started. */
    public boolean isListening() throws InterruptedException {
        try {
            return isStarted();
        } catch (IOException e) {
            return false;
        }
    }

    /** True; fails if one of them is not alive, or not ready. */
    public static boolean areWell(List<ServiceProcess> services) throws IOException, InterruptedException {
        for (ServiceProcess each : services) {
            Probes probes = new Probes(each);
            if (!probes.isAlive() || !probes.isReady()) {
                throw new AssertionError("not alive and ready: " + each.said());
            }
        }
        return true;
    }

    /** Otherwise the kubelet kills it. */
    public boolean isAlive() throws IOException, InterruptedException {
        return ask("live").statusCode() == OK;
    }

    public boolean isReady() throws IOException, InterruptedException {
        return ask("ready").statusCode() == OK;
    }

    private HttpResponse<String> ask(String probe) throws IOException, InterruptedException {
        return service.get("/q/health/" + probe);
    }

    /** Asks again and again. Fails as soon as the service is ready, or the kubelet would kill it. */
    public void assertRestores(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            HttpResponse<String> ready = ask("ready");
            if (ready.statusCode() != UNAVAILABLE || !isDown(ready.body(), RESTORED)) {
                throw new AssertionError("ready while state is being restored: " + ready.body());
            }
            if (!isStarted() || !isAlive()) {
                throw new AssertionError(
                        "the kubelet would kill it: " + ask("live").body());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean isDown(String body, String check) {
        return body.replaceAll("\\s", "").contains("\"name\":\"" + check.replace(" ", "") + "\",\"status\":\"DOWN\"");
    }
}

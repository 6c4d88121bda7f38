package io.afterlearner.local.fuzz;

import io.afterlearner.local.fuzz.FuzzedServices.Service;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Requests in HTTP's syntax, with odd paths, headers and framing, and texts beside that syntax. */
final class HttpText {
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-7",
            "multipart/form-data",
            "a/b/c",
            "*/*",
            "",
            "application/x-www-form-urlencoded",
            "application/json;".repeat(200));
    private static final List<String> COMMON = List.of(
            "/",
            "/index.html",
            "/q/health",
            "/q/health/ready",
            "/q/health/live",
            "/q/metrics",
            "/q/openapi",
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "//",
            "/v1//studies",
            "/v1/studies/%00",
            "/%",
            "/q",
            "/v1/studies?study=%ff",
            "/v1/studies/%ed%a0%80",
            "/v1/studies;x=y",
            "/META-INF/MANIFEST.MF");

    private final Random random;
    private final HostileValues hostile;

    HttpText(Random random, HostileValues hostile) {
        this.random = random;
        this.hostile = hostile;
    }

    /** Every path of a service, and others. */
    List<String> paths(Service service, String study) {
        List<String> paths = new ArrayList<>(COMMON);
        String resource = "/v1/studies/" + study;
        for (int repeat = 0; repeat < 3; repeat++) {
            if (service == Service.OPTIMIZER) {
                paths.addAll(List.of("/v1/studies", resource, resource + "/spec", resource + "/commands"));
            }
            if (service == Service.FEEDBACK) {
                paths.addAll(List.of(
                        "/v1/feedback",
                        resource + "/assignments",
                        resource + "/assignments/batch",
                        resource + "/champion"));
                paths.addAll(List.of(resource + "/arms", resource + "/standing", resource + "/revert"));
            }
        }
        return paths;
    }

    String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : HostileValues.encoded(text.length() > 3_000 ? text.substring(0, 3_000) : text)) {
            boolean plain = each > ' ' && each < 127 && "%?#;\\\"<>{}|^`[]".indexOf(each) < 0 && random.nextInt(8) != 0;
            encoded.append(plain ? String.valueOf((char) each) : String.format("%%%02X", each & 0xff));
        }
        return encoded.toString();
    }

    /** @param json whether its content type is JSON and nothing about it is odd but its body */
    byte[] request(String method, String path, byte[] body, boolean json) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        head.append("Connection: close\r\n");
        boolean chunked = body.length > 0 && random.nextInt(4) == 0;
        head.append(chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n");
        if (json || random.nextInt(3) == 0) {
            head.append("Content-Type: application/json\r\n");
        } else if (random.nextBoolean()) {
            head.append("Content-Type: ").append(any(TYPES)).append("\r\n");
        }
        for (int more = json ? 0 : random.nextInt(3); more > 0; more--) {
            head.append(header());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(head + "\r\n"));
        out.writeBytes(chunked ? chunked(body) : body);
        return out.toByteArray();
    }

    private String header() {
        String value = hostile.text().replaceAll("[^ -~]", "?");
        value = value.substring(0, Math.min(value.length(), 4_000));
        return any(List.of(
                        "Accept", "Origin", "X-Odd", "Accept-Encoding", "Authorization", "Cookie", "Range", "If-Match"))
                + ": " + value + "\r\n";
    }

    private byte[] chunked(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int size = 1 + random.nextInt(Math.max(1, Math.min(body.length, 4_000)));
        for (int from = 0; from < body.length; from += size) {
            int length = Math.min(size, body.length - from);
            out.writeBytes(bytes(Integer.toHexString(length) + "\r\n"));
            out.write(body, from, length);
            out.writeBytes(bytes("\r\n"));
        }
        out.writeBytes(bytes("0\r\n\r\n"));
        return out.toByteArray();
    }

    /** What HTTP's syntax does not allow. */
    byte[] malformed(String path) {
        return switch (random.nextInt(9)) {
            case 0 -> hostile.bytes(2_000);
            case 1 -> bytes("GET " + path);
            case 2 -> bytes("GET " + "/a".repeat(50_000) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            case 3 -> bytes("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "X: y\r\n".repeat(20_000) + "\r\n");
            case 4 -> bytes("GET " + path + " HTTP/9.9\r\n\r\n");
            case 5 -> bytes("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n{}");
            case 6 ->
                bytes("POST " + path
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\nContent-Length: 2\r\n\r\n{}");
            case 7 ->
                bytes("POST " + path
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n");
            default ->
                bytes("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{\"never\":");
        };
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

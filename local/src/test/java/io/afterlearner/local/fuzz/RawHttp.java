package io.afterlearner.local.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes to a server as they are, and reads what it answers. */
final class RawHttp {
    /** No status: the server closed the connection, or said nothing in time. */
    static final int CLOSED = -1;

    static final int SILENT = -2;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final int MAX_BODY_BYTES = 1 << 16;

    private RawHttp() {}

    /** @param text status line, headers and the beginning of the body */
    record Answer(int status, String text) {}

    /** @param pieces how many parts the request is sent in, 200 ms apart */
    static Answer exchange(int port, byte[] request, int pieces, int patienceMillis)
            throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(patienceMillis);
            try {
                write(socket.getOutputStream(), request, pieces);
            } catch (SocketException e) {
                // It answers a request that it refuses before all of it is sent.
            }
            return read(socket.getInputStream());
        }
    }

    private static void write(OutputStream out, byte[] request, int pieces) throws IOException, InterruptedException {
        int size = Math.max(1, (request.length + pieces - 1) / pieces);
        for (int from = 0; from < request.length; from += size) {
            out.write(request, from, Math.min(size, request.length - from));
            out.flush();
            if (from + size < request.length) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private static Answer read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8_192];
        boolean silent = false;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (text.length() < MAX_BODY_BYTES) {
                    text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                }
            }
        } catch (SocketTimeoutException e) {
            silent = true;
        } catch (SocketException e) {
            // Reset: the rest of the request was not read.
        }
        Matcher status = STATUS.matcher(text);
        boolean answered = status.lookingAt();
        return new Answer(answered ? Integer.parseInt(status.group(1)) : silent ? SILENT : CLOSED, text.toString());
    }
}

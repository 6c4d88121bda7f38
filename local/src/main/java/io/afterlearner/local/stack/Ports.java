package io.afterlearner.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine's loopback address. */
final class Ports {
    private Ports() {}

    static int free() {
        return claim(0, "");
    }

    /** The port, or a free one instead of 0. Fails if the port is taken. */
    static int claim(int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            String what = port == 0
                    ? "this machine has no free port: " + e.getMessage()
                    : "port " + port + " is taken; choose another with " + option + ", 0 for any";
            throw new StackException(what, e);
        }
    }
}

package io.afterlearner.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine's loopback address. */
final class Ports {
    private Ports() {}

    static int free() {
        try {
            return bind(0);
        } catch (IOException e) {
            throw new StackException("this machine has no free port: " + e.getMessage(), e);
        }
    }

    /** The port, or a free one instead of 0. Fails if the port is taken. */
    static int claim(int port, String option) {
        if (port == 0) {
            return free();
        }
        try {
            return bind(port);
        } catch (IOException e) {
            throw new StackException("port " + port + " is taken; choose another with " + option + ", 0 for any", e);
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        }
    }
}

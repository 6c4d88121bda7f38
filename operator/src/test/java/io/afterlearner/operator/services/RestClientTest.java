package io.afterlearner.operator.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class RestClientTest {
    @Test
    void anOptimizerThatIsNotThereIsSaidInWords() throws IOException {
        URI address;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = URI.create("http://127.0.0.1:" + closed.getLocalPort());
        }
        Optimizer optimizer = new Optimizer(new RestClient(address, null, null));
        ServiceException away = assertThrows(ServiceException.class, optimizer::list);
        assertEquals(address + " does not answer: it cannot be reached", away.problem());
    }
}

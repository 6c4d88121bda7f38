package io.afterlearner.local.fuzz;

import java.util.List;

/** One thing that somebody sends to the services. Its text says enough to find the cause of a failure. */
interface Input {

    /** The kinds it is counted under. */
    List<String> kinds();

    void send(FuzzedServices services) throws Exception;
}

package io.afterlearner.http;

/** The processing of a service's partitions. Implement it in a bean; the service is then not ready (health) until it has begun. */
public interface Processing {
    /** Whether the service knows its partitions, which may be none, and has restored their state. */
    boolean hasBegun();

    /** What it does now, in a word. */
    String state();
}

package io.afterlearner.feedback.shell;

/** A record on its way out. */
record Out(String topic, byte[] value) {}

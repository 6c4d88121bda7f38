package io.afterlearner.aleph.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** Cancels a run. The lock prevents a cancellation after the native options were freed. */
final class Cancel {
    private final OrtSession.RunOptions options;
    private boolean cancelled;
    private boolean closed;

    Cancel() {
        try {
            options = new OrtSession.RunOptions();
        } catch (OrtException e) {
            throw Ort.failedToRun("ONNX Runtime cannot create run options", e);
        }
    }

    OrtSession.RunOptions options() {
        return options;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    synchronized void now() {
        cancelled = true;
        if (closed) return;
        try {
            options.setTerminate(true);
        } catch (OrtException e) {
            throw Ort.failedToRun("the evaluation cannot be cancelled", e);
        }
    }

    synchronized void close() {
        closed = true;
        options.close();
    }
}

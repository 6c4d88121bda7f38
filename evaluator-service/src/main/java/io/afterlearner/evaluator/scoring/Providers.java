package io.afterlearner.evaluator.scoring;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.afterlearner.evaluator.core.Reasons;

/** Checks at the start, not at the first candidate, that the execution provider works. */
public final class Providers {
    private Providers() {}

    /** @throws IllegalArgumentException if the requested execution provider is missing; one line */
    public static void check(SessionSettings settings) {
        if (!settings.cuda()) {
            return;
        }
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new IllegalArgumentException(
                    "afterlearner.evaluator.provider is cuda, and this build has ONNX Runtime for the CPU only;"
                            + " build with ./mvnw -Pcuda package, or set it to cpu");
        }
        try (SessionOptions options = new SessionOptions()) {
            // Loads the provider's libraries and asks the driver for the device.
            options.addCUDA(settings.device());
        } catch (OrtException e) {
            throw new IllegalArgumentException(
                    "afterlearner.evaluator.provider is cuda, and GPU " + settings.device()
                            + " cannot be used; install a driver and CUDA 12, or set it to cpu: "
                            + Reasons.oneLine(e.getMessage()),
                    e);
        }
    }
}

package io.afterlearner.evaluator.scoring;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.afterlearner.evaluator.core.Reasons;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks at the start, not at the first candidate, that the execution provider works. */
public final class Providers {
    private static final String PROVIDER = "libonnxruntime_providers_cuda.so";

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
        // As all other code asks for it. Without an environment, ONNX Runtime fails for a reason of its own.
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "afterlearner");
        try (SessionOptions options = new SessionOptions()) {
            // Loads the provider's libraries and asks the driver for the device.
            options.addCUDA(settings.device());
        } catch (OrtException e) {
            throw new IllegalArgumentException(
                    "afterlearner.evaluator.provider is cuda, and GPU " + settings.device()
                            + " cannot be used; install a driver, CUDA 12 and cuDNN 9, or set it to cpu: "
                            + Reasons.oneLine(missingLibrary(System.getProperty("onnxruntime.native.path"))
                                    .orElse(e.getMessage())),
                    e);
        }
    }

    /**
     * Which library the provider lacks. ONNX Runtime's exception does not say it.
     *
     * @param folder of ONNX Runtime's natives, if they are unpacked
     */
    static Optional<String> missingLibrary(@Nullable String folder) {
        if (folder == null) {
            return Optional.empty();
        }
        try {
            System.load(Path.of(folder).toAbsolutePath().resolve(PROVIDER).toString());
            return Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}

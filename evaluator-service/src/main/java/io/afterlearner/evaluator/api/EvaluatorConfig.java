package io.afterlearner.evaluator.api;

import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of the process; application.properties documents each and has the defaults. */
@ConfigMapping(prefix = "afterlearner.evaluator")
interface EvaluatorConfig {
    /** Where candidates are evaluated. */
    enum Provider {
        CPU,
        CUDA
    }

    /** Name of this evaluator, in every fitness; default: host and process id. */
    Optional<String> id();

    String pool();

    Mode mode();

    OptionalInt slots();

    Duration specWait();

    Provider provider();

    int device();

    long cacheMib();

    long maxModelMib();

    long maxDataMib();

    Optional<List<Path>> fileRoots();

    Optional<List<String>> httpHosts();

    Path workDir();

    long workMib();

    Duration downloadTimeout();
}

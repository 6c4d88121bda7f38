package io.afterlearner.operator.process;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the process; README.md documents each, application.properties has the defaults. */
@ConfigMapping(prefix = "afterlearner.operator")
interface OperatorConfig {
    URI optimizer();

    URI feedback();

    Optional<Path> keyFile();

    Optional<Path> caFile();

    Optional<String> namespace();

    Optional<List<String>> watch();

    Duration interval();

    String lease();

    Duration leaseDuration();

    String instance();

    Optional<List<Path>> fileRoots();

    Optional<List<String>> httpHosts();

    Path workDir();

    long workMib();

    Duration downloadTimeout();

    Optional<String> exportJob();

    Optional<List<String>> outputPrefixes();

    boolean serverSideApply();
}

package io.afterlearner.evaluator.api;

import io.afterlearner.access.settings.Setting;
import io.afterlearner.access.settings.Settings;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.observability.StudySeries;
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

    Duration drain();

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

    /** What each setting may be. The name of the pool is checked by the rule of topics. */
    final class Ranges implements Settings {
        private static final String PREFIX = "afterlearner.evaluator.";
        private static final long MAX_MIB = 1 << 24;
        /** A file of protocol buffers is smaller than 2 GiB. */
        private static final long MAX_MODEL_MIB = 2047;

        @Override
        public List<Setting> all() {
            return List.of(
                    Setting.text(PREFIX + "id"),
                    Setting.name(PREFIX + "pool"),
                    Setting.choice(PREFIX + "mode", "share", "group"),
                    Setting.whole(PREFIX + "slots", 1, 1024),
                    Setting.duration(PREFIX + "spec-wait", Duration.ZERO, Duration.ofMinutes(10)),
                    Setting.duration(PREFIX + "drain", Duration.ZERO, Duration.ofHours(24)),
                    Setting.choice(PREFIX + "provider", "cpu", "cuda"),
                    Setting.whole(PREFIX + "device", 0, 1023),
                    Setting.whole(PREFIX + "cache-mib", 0, MAX_MIB),
                    Setting.whole(PREFIX + "max-model-mib", 1, MAX_MODEL_MIB),
                    Setting.whole(PREFIX + "max-data-mib", 1, MAX_MIB),
                    Setting.text(PREFIX + "file-roots"),
                    Setting.text(PREFIX + "http-hosts"),
                    Setting.name(PREFIX + "work-dir"),
                    Setting.whole(PREFIX + "work-mib", 1, MAX_MIB),
                    Setting.duration(PREFIX + "download-timeout", Duration.ofMillis(1), Duration.ofHours(24)),
                    Setting.text("afterlearner.s3.buckets"),
                    Setting.text("afterlearner.s3.endpoint"),
                    Setting.text("afterlearner.s3.region"),
                    Setting.flag("afterlearner.s3.path-style"),
                    Setting.flag("afterlearner.s3.instance-metadata"),
                    Setting.whole(StudySeries.MAX_STUDIES, 0, StudySeries.HIGHEST_MAX_STUDIES));
        }
    }
}

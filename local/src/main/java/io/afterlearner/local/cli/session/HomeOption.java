package io.afterlearner.local.cli.session;

import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.stack.Home;
import io.afterlearner.study.InputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --home}. */
public final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Folder for broker data, logs and downloads (default: $AFTERLEARNER_HOME or ~/.afterlearner).")
    private @Nullable Path folder;

    /** @throws InputException if the option names a folder that cannot be written */
    public Home home() {
        if (folder != null) {
            Options.requireWritable("--home", folder);
        }
        return Home.of(folder);
    }
}

package io.afterlearner.local.cli;

import io.afterlearner.access.AccessKey;
import io.afterlearner.access.StudyPatterns;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.study.InputException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code keys}. */
@Command(
        name = "keys",
        description = "Creates keys for the REST APIs of the services.",
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
    private final Console console;

    KeysCommand(Console console) {
        this.console = console;
    }

    @Command(
            description = "Prints a new key, once, and below it the line for the file that afterlearner.http.keys-file"
                    + " of the services names. The line holds only the key's digest. Nothing is stored.",
            footer = {
                "",
                "Examples:",
                "  ./afterlearner keys create --id grafana --role viewer",
                "  ./afterlearner keys create --id shop --role application --study 'shop-*'",
                "",
                "docs/security.md explains the roles, and how to replace a key without downtime."
            })
    int create(
            @Option(
                            names = "--id",
                            paramLabel = "ID",
                            required = true,
                            description = "Whose key it is; recorded with every change. An id may have several keys.")
                    String id,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            split = ",",
                            description = "viewer, application, operator or admin; several are allowed.")
                    List<String> roles,
            @Option(
                            names = "--study",
                            paramLabel = "PATTERN",
                            split = ",",
                            defaultValue = "*",
                            description = "Studies it is for: an id, or the beginning of ids followed by *; several are"
                                    + " allowed (default: all).")
                    List<String> studies) {
        String key = AccessKey.random();
        try {
            AccessKey line = AccessKey.of(id, roles, StudyPatterns.of(studies), key);
            console.note("the key, which is shown only here:");
            console.out().println(key);
            console.note("the line for the services' file of keys:");
            console.out().println(line.toString());
        } catch (IllegalArgumentException e) {
            throw new InputException("afterlearner: keys create: " + InputException.reason(e));
        }
        return ExitCode.OK;
    }
}

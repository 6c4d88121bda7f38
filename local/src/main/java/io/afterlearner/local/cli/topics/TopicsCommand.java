package io.afterlearner.local.cli.topics;

import picocli.CommandLine.Command;

/** {@code topics}. */
@Command(
        name = "topics",
        description = "Creates and checks the topics on your own Kafka, and prints the rights of each service.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CreateTopicsCommand.class, CheckTopicsCommand.class, AclsCommand.class},
        footer = {
            "",
            "A stack with an embedded broker creates its topics itself.",
            "",
            "Examples:",
            "  ./afterlearner topics create --kafka-config admin.properties --partitions 8 --pool gpu",
            "  ./afterlearner topics check --kafka-config admin.properties",
            "  ./afterlearner topics acls --format strimzi > users.yaml"
        })
public final class TopicsCommand {}

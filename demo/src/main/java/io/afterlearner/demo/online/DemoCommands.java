package io.afterlearner.demo.online;

import io.afterlearner.local.cli.CommandProvider;

/** Adds {@code demo} to the command line. */
public final class DemoCommands implements CommandProvider {
    @Override
    public Class<?> command() {
        return DemoCommand.class;
    }
}

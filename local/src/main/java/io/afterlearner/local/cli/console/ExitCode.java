package io.afterlearner.local.cli.console;

/** Exit codes of every command. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** The user's input is wrong; one line says where, and how to fix it. */
    public static final int WRONG_INPUT = 2;

    private ExitCode() {}
}

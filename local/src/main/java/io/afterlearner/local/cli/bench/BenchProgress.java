package io.afterlearner.local.cli.bench;

import io.afterlearner.local.cli.console.Console;

/** Counts the finished steps of a measurement on a terminal. Prints nothing if the output is not a terminal. */
final class BenchProgress {
    private final Console console;
    private final String what;
    private final int steps;
    private int done;

    BenchProgress(Console console, String what, int steps) {
        this.console = console;
        this.what = what;
        this.steps = steps;
        show();
    }

    /** Prints the result of one step above the count. */
    void step(Runnable print) {
        clear();
        print.run();
        done++;
        show();
    }

    /** Removes the count, so that the next output starts on an empty line. */
    void clear() {
        write("");
    }

    private void show() {
        write(what + ": " + done + " of " + steps);
    }

    private void write(String text) {
        if (console.live()) {
            console.overwrite(text);
        }
    }
}

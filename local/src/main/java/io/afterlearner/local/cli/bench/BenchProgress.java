package io.afterlearner.local.cli.bench;

import io.afterlearner.local.cli.console.Console;

/** Counts on the terminal how much of a measurement is done; says nothing where nobody watches. */
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

    /** Prints what one step came to above the count. */
    void step(Runnable print) {
        clear();
        print.run();
        done++;
        show();
    }

    /** Leaves an empty line to whoever writes next. */
    void end() {
        clear();
    }

    private void clear() {
        if (console.live()) {
            console.err().print("\r\u001b[K");
            console.err().flush();
        }
    }

    private void show() {
        if (console.live()) {
            console.err().print(what + ": " + done + " of " + steps);
            console.err().flush();
        }
    }
}

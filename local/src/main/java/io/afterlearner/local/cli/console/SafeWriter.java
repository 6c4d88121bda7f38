package io.afterlearner.local.cli.console;

import io.afterlearner.aleph.Printable;
import java.io.PrintWriter;

/** Prints whatever it is given as {@link Printable} text. What the terminal must obey goes to {@link #raw}. */
final class SafeWriter extends PrintWriter {
    private final PrintWriter raw;

    private SafeWriter(PrintWriter raw) {
        super(raw, true);
        this.raw = raw;
    }

    static SafeWriter on(PrintWriter writer) {
        return writer instanceof SafeWriter safe ? safe : new SafeWriter(writer);
    }

    PrintWriter raw() {
        return raw;
    }

    @Override
    public void write(int character) {
        write(String.valueOf((char) character));
    }

    @Override
    public void write(char[] text, int from, int length) {
        write(String.valueOf(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) {
        String safe = Printable.text(text.substring(from, from + length));
        super.write(safe, 0, safe.length());
    }

    /** Whether something could not be written. */
    @Override
    public boolean checkError() {
        return raw.checkError() || super.checkError();
    }
}

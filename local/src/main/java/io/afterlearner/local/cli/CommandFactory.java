package io.afterlearner.local.cli;

import io.afterlearner.local.cli.console.Console;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates picocli's commands. A command whose constructor takes a {@link Console} gets this one. */
final class CommandFactory implements IFactory {
    private final Console console;

    CommandFactory(Console console) {
        this.console = console;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        try {
            Constructor<K> constructor = type.getDeclaredConstructor(Console.class);
            constructor.setAccessible(true);
            return constructor.newInstance(console);
        } catch (NoSuchMethodException e) {
            return CommandLine.defaultFactory().create(type);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " cannot be created", e);
        }
    }
}

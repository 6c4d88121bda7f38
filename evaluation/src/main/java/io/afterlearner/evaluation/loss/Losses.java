package io.afterlearner.evaluation.loss;

import io.afterlearner.aleph.Nearest;
import io.afterlearner.evaluation.data.DataException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All losses: the built-in ones, and users' own, which ServiceLoader finds. */
public final class Losses {
    private static final List<LossType> OURS = List.of(
            new DepthThreshold(), new AbsRel(), new Rmse(), new ErrorRate(), new CostMatrix(), new F1(), new LogLoss());

    private Losses() {}

    /**
     * A loss and the graph output it looks at.
     *
     * @param output null if the graph has only one
     */
    public record Chosen(String type, Loss loss, @Nullable String output) {}

    /**
     * @param settings by name, each value JSON text; {@code output} names the graph output to score
     * @throws DataException for an unknown type or setting, with the nearest name
     */
    public static Chosen create(String type, Map<String, String> settings) {
        Map<String, LossType> types = types();
        LossType found = types.get(type);
        if (found == null) {
            throw DataException.setting("type", "unknown loss " + type, Nearest.hint(type, types.keySet()));
        }
        Settings read = new Settings(type, settings);
        String output = read.text("output");
        Loss loss = found.create(read);
        read.refuseUnread();
        return new Chosen(type, loss, output);
    }

    private static Map<String, LossType> types() {
        Map<String, LossType> types = new TreeMap<>();
        OURS.forEach(type -> types.put(type.name(), type));
        for (LossType type : ServiceLoader.load(LossType.class, Losses.class.getClassLoader())) {
            LossType other = types.putIfAbsent(type.name(), type);
            if (other != null) {
                throw DataException.setting(
                        "type",
                        "two losses have the name " + type.name() + ": "
                                + other.getClass().getName() + " and "
                                + type.getClass().getName(),
                        "rename one");
            }
        }
        return types;
    }
}

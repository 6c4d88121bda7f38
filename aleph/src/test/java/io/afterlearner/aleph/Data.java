package io.afterlearner.aleph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.aleph.manifest.Aleph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Examples, candidates, and how their outputs compare. */
public final class Data {
    private Data() {}

    /** Normal floats for every input that is not ℵ; five examples where the number is dynamic. */
    public static Map<String, Tensor> random(Model model, Aleph aleph, Random random) {
        Map<String, Tensor> data = new HashMap<>();
        for (ValueInfo input : model.inputs()) {
            if (aleph.names().contains(input.name())) continue;
            long[] shape = input.shape().clone();
            for (int d = 0; d < shape.length; d++) if (shape[d] < 0) shape[d] = 5;
            data.put(input.name(), random(random, shape));
        }
        return data;
    }

    public static Tensor random(Random random, long... shape) {
        ByteBuffer buffer = TensorCodec.buffer(4 * ModelBuilder.count(shape));
        while (buffer.hasRemaining()) buffer.putFloat((float) random.nextGaussian());
        return new Tensor(Tensor.ElementType.FLOAT, shape, buffer.rewind());
    }

    /** A candidate about ℵ₀. */
    public static double[] near(Aleph aleph, Random random, double sigma) {
        double[] values = aleph.initial();
        if (sigma > 0) for (int i = 0; i < values.length; i++) values[i] += sigma * random.nextGaussian();
        return values;
    }

    public static Map<String, List<Integer>> bits(Map<String, Tensor> tensors) {
        Map<String, List<Integer>> bits = new TreeMap<>();
        tensors.forEach((name, tensor) -> {
            List<Integer> ints = new ArrayList<>();
            for (int i = 0; i < tensor.data().capacity() / 4; i++)
                ints.add(tensor.data().getInt(4 * i));
            bits.put(name, ints);
        });
        return bits;
    }

    /** Up to what fusion may change in the last bits. */
    public static void assertClose(Map<String, Tensor> wanted, Map<String, Tensor> got, String what) {
        assertEquals(wanted.keySet(), got.keySet(), what);
        wanted.forEach((name, tensor) -> {
            ByteBuffer other = got.get(name).data();
            assertEquals(tensor.data().capacity(), other.capacity(), what);
            for (int i = 0; i < other.capacity(); i += 4) {
                float a = tensor.data().getFloat(i);
                float b = other.getFloat(i);
                assertTrue(
                        Math.abs(a - b) <= 2e-5 * Math.max(1, Math.abs(a)),
                        what + ": " + name + "[" + i / 4 + "] " + a + " " + b);
            }
        });
    }
}

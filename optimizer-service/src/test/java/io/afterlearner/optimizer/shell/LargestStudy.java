package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;

/** A process that runs the largest study that its heap admits to its end, recovers it, and stops it. */
final class LargestStudy {
    private final StudyTask task = new StudyTask();

    /** Returns how many candidates were asked. */
    private int put(String topic, byte[] value) {
        task.put(topic, value);
        int asked = 0;
        for (Out out : task.outs()) {
            if (out.topic().equals(Topics.DEAD_LETTERS)) {
                throw new IllegalStateException("a dead letter");
            }
            asked += out.topic().equals(Topics.candidates("default")) ? 1 : 0;
        }
        task.forget();
        return asked;
    }

    /** Given are dimension, parallelism, algorithm and runs. */
    public static void main(String[] args) {
        int dimension = Integer.parseInt(args[0]);
        int parallelism = Integer.parseInt(args[1]);
        long budget = largest(dimension, parallelism, args[2], Integer.parseInt(args[3]));
        StudySpec spec = spec(dimension, budget, parallelism, args[2], Integer.parseInt(args[3]));
        LargestStudy study = new LargestStudy();
        long asked = study.put(Topics.STUDIES, Messages.bytes(spec));
        for (long told = 0; told < asked && told < budget - 1; told++) {
            study.put(Topics.FITNESS, Messages.bytes(Messages.taken("s", told)));
            asked += study.put(
                    Topics.FITNESS, Messages.bytes(Messages.measured("s", told, (double) Math.abs(100 - told))));
        }
        study.task.close();
        study.task.restart();
        study.put(Topics.COMMANDS, Messages.bytes(Messages.command("s", "c", Action.STOP, 0)));
        System.out.println("budget " + budget + ", asked " + asked);
    }

    private static StudySpec spec(int dimension, long budget, int parallelism, String algorithm, int runs) {
        StudySpec spec = Messages.spec("s", budget, parallelism, dimension, 1);
        spec.getOptimizer().put("type", algorithm);
        spec.getOptimizer().put("runs", runs);
        return spec;
    }

    private static long largest(int dimension, int parallelism, String algorithm, int runs) {
        long limit = HeapBudget.ofProcess().limitBytes();
        long low = parallelism;
        long high = 2_000_000;
        if (Specs.memory(spec(dimension, low, parallelism, algorithm, runs)).bytes() > limit) {
            throw new IllegalArgumentException("not even the least budget fits");
        }
        while (high - low > Math.max(1, low / 100)) {
            long middle = (low + high) / 2;
            boolean fits = middle * dimension * Double.BYTES < 1L << 30
                    && Specs.memory(spec(dimension, middle, parallelism, algorithm, runs))
                                    .bytes()
                            <= limit;
            low = fits ? middle : low;
            high = fits ? high : middle;
        }
        return low;
    }
}

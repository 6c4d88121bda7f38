package io.afterlearner.architecture;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of a module's packages: each may import itself and those before it. A package belongs to the longest name that it starts
 * with.
 *
 * @param root the package below which the names stand
 * @param lowestFirst names such as {@code core} or {@code cli.bench}
 */
record PackageLayers(String root, List<String> lowestFirst) {

    /** The position of a class's layer, or -1 if no layer holds it. */
    int of(String className) {
        return IntStream.range(0, lowestFirst.size())
                .filter(i -> className.startsWith(root + "." + lowestFirst.get(i) + "."))
                .boxed()
                .max((one, other) -> Integer.compare(
                        lowestFirst.get(one).length(), lowestFirst.get(other).length()))
                .orElse(-1);
    }

    @Override
    public String toString() {
        return root + ": " + String.join(" <- ", lowestFirst);
    }
}

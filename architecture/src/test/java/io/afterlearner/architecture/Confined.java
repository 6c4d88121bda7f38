package io.afterlearner.architecture;

import java.util.List;

/** A place that may import nothing but these packages; a name that ends with {@code .*} includes packages below. */
record Confined(String place, List<String> allowed) {
    @Override
    public String toString() {
        return place;
    }
}

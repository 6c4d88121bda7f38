package io.afterlearner.architecture;

import java.util.List;

/** A library that only these places may import; a name that ends with {@code .*} includes packages below. */
record Kept(String library, List<String> places) {
    @Override
    public String toString() {
        return library;
    }
}

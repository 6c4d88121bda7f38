package io.afterlearner.architecture;

import java.util.List;

/**
 * Classes that must not know others.
 *
 * @param classes a pattern of qualified names
 * @param hidden patterns of the qualified names that those may not import
 */
record Hidden(String classes, List<String> hidden) {
    @Override
    public String toString() {
        return classes;
    }
}

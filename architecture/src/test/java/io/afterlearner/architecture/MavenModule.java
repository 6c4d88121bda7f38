package io.afterlearner.architecture;

import java.util.List;

/**
 * A Maven module and the modules it may import.
 *
 * @param folder relative to the repository's root
 * @param root the package that holds all its classes, itself or below
 * @param sees folders of the modules it may import, all of lower layers or its own
 */
record MavenModule(String folder, Layer layer, String root, List<String> sees) {

    /** Lowest first. Imports never point to a higher layer. */
    enum Layer {
        BASE,
        LIBRARY,
        SERVICE,
        APPLICATION
    }

    /** Whether the class or package of this name belongs to the module. */
    boolean holds(String name) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    boolean maySee(MavenModule other) {
        return folder.equals(other.folder) || sees.contains(other.folder);
    }
}

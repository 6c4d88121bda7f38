package io.afterlearner.architecture;

import java.util.List;

/**
 * A module: its folder, its floor, the root of its packages, and the rooms it may import.
 *
 * @param folder relative to the repository's root
 * @param root the package that holds all its classes, itself or below
 * @param sees folders of the rooms it may import, all on lower floors or on its own
 */
record Room(String folder, Floor floor, String root, List<String> sees) {

    /** From the ground up. Imports never point up. */
    enum Floor {
        GROUND,
        FIRST,
        SERVICE,
        TOP
    }

    /** Whether the class or package of this name belongs to the room. */
    boolean holds(String name) {
        return name.equals(root) || name.startsWith(root + ".");
    }

    boolean maySee(Room other) {
        return folder.equals(other.folder) || sees.contains(other.folder);
    }
}

package io.afterlearner.architecture;

import java.util.List;

/**
 * A Maven module and the modules it may import.
 *
 * @param folder relative to the repository's root
 * @param root the package that holds all its classes, itself or below
 * @param sees folders of the modules it may import, all of lower layers or its own
 * @param open packages and classes of a service, below its root, that applications may import; all are pure
 */
record MavenModule(String folder, Layer layer, String root, List<String> sees, List<String> open) {

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

    /** Whether its classes may import this class of a module. */
    boolean maySee(MavenModule other, String className) {
        return folder.equals(other.folder)
                || (sees.contains(other.folder) && (other.layer != Layer.SERVICE || other.opens(className)));
    }

    private boolean opens(String className) {
        return open.stream()
                .map(name -> root + "." + name)
                .anyMatch(name -> className.equals(name) || className.startsWith(name + "."));
    }

    MavenModule opening(String... names) {
        return new MavenModule(folder, layer, root, sees, List.of(names));
    }
}

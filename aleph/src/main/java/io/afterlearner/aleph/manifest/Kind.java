package io.afterlearner.aleph.manifest;

/** Where the values of a tensor come from. */
public enum Kind {
    /** Stored in the graph. */
    INITIALIZER,
    /** Fed by the caller. */
    INPUT,
    /** Made by a Constant node. */
    CONSTANT
}

/** Archives of classes, with which a Java virtual machine starts in about half the time. */
@NullMarked
package io.afterlearner.local.archive;

import org.jspecify.annotations.NullMarked;

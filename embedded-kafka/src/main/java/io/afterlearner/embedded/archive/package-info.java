/** Class data archives (CDS), with which a JVM starts in about half the time. */
@NullMarked
package io.afterlearner.embedded.archive;

import org.jspecify.annotations.NullMarked;

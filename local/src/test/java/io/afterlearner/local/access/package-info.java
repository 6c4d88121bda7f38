/** Tests of what the CLI shows to services. */
@NullMarked
package io.afterlearner.local.access;

import org.jspecify.annotations.NullMarked;

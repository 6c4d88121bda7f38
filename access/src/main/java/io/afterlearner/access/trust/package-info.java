/** Whom a process that calls services trusts, and why a call got no answer. Nothing about keys or roles belongs here. */
@NullMarked
package io.afterlearner.access.trust;

import org.jspecify.annotations.NullMarked;

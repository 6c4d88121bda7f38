/** Whom a process that calls services trusts, how large an answer may be, and why a call got none. Nothing about keys or roles belongs here. */
@NullMarked
package io.afterlearner.access.trust;

import org.jspecify.annotations.NullMarked;

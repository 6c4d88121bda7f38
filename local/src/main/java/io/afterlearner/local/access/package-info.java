/** What the CLI shows to services that require it: its key, and whom it trusts. Nothing about studies belongs here. */
@NullMarked
package io.afterlearner.local.access;

import org.jspecify.annotations.NullMarked;

/** {@code online plan}: what an online study takes and can show, before it begins. */
@NullMarked
package io.afterlearner.local.cli.online;

import org.jspecify.annotations.NullMarked;

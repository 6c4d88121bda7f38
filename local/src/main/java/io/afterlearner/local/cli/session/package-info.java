/** What commands share to find a stack and a study and to follow its progress. No command. */
@NullMarked
package io.afterlearner.local.cli.session;

import org.jspecify.annotations.NullMarked;

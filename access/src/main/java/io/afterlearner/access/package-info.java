/** Who may call a service over HTTP: roles, keys, limits per identity, and the check at start that no service is open by accident. Nothing about REST resources or studies' contents belongs here. */
@NullMarked
package io.afterlearner.access;

import org.jspecify.annotations.NullMarked;

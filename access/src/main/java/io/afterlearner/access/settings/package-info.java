/** The one way in which the settings of all services are checked: before anything else, with one line for one that is wrong. */
@NullMarked
package io.afterlearner.access.settings;

import org.jspecify.annotations.NullMarked;

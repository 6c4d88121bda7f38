/** Search guided by a person who compares points. Imports {@code coordinates} and what is below it. */
@NullMarked
package io.afterlearner.asktell.preference;

import org.jspecify.annotations.NullMarked;

/** Input errors and a study's identity, which the packages below share. Imports none of them. */
@NullMarked
package io.afterlearner.study;

import org.jspecify.annotations.NullMarked;

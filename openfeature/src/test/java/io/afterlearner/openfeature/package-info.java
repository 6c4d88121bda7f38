/** Tests of the OpenFeature provider. */
@NullMarked
package io.afterlearner.openfeature;

import org.jspecify.annotations.NullMarked;

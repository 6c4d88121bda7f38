/** Online studies as OpenFeature flags, on top of the client library; no other module imports it. */
@NullMarked
package io.afterlearner.openfeature;

import org.jspecify.annotations.NullMarked;

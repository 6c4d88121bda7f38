@NullMarked
package io.afterlearner.schemas.cluster;

import org.jspecify.annotations.NullMarked;

/** The kind Study: what its object has, and nothing about how it is carried out. */
@NullMarked
package io.afterlearner.operator.resource;

import org.jspecify.annotations.NullMarked;

/** The REST APIs of optimizer and feedback service, and what they last said about all studies. */
@NullMarked
package io.afterlearner.operator.services;

import org.jspecify.annotations.NullMarked;

/** What every algorithm implements and what it is given. Imports {@code math} and the API; knows no algorithm. */
@NullMarked
package io.afterlearner.asktell.search;

import org.jspecify.annotations.NullMarked;

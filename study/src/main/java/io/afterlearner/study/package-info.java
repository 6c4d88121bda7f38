/** What all packages of study.yaml's reader share: input errors, a study's identity, nearest names. Imports none of the packages below it. */
@NullMarked
package io.afterlearner.study;

import org.jspecify.annotations.NullMarked;

/** Objects in S3-compatible stores: addresses, settings, credentials, reading and writing. Knows neither models nor studies. */
@NullMarked
package io.afterlearner.evaluation.s3;

import org.jspecify.annotations.NullMarked;

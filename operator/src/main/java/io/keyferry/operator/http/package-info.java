/** The endpoints for metrics and health. */
@NullMarked
package io.keyferry.operator.http;

import org.jspecify.annotations.NullMarked;

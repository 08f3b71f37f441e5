/** The read plane: every remote read of every object, shared, scheduled, bounded and watched for change. */
@NullMarked
package io.keyferry.engine.read;

import org.jspecify.annotations.NullMarked;

/** What somebody needs to know who is asked for help, in one archive without a secret value. */
@NullMarked
package io.keyferry.operator.bundle;

import org.jspecify.annotations.NullMarked;

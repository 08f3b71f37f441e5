/** What the documentation says can be done. */
@NullMarked
package io.keyferry.acceptance.docs;

import org.jspecify.annotations.NullMarked;

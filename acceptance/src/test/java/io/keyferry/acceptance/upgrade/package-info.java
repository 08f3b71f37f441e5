/** From the originals to Keyferry and back. */
@NullMarked
package io.keyferry.acceptance.upgrade;

import org.jspecify.annotations.NullMarked;

/** The container image, unpacked and run as a container engine would, as far as the machine lets it. */
@NullMarked
package io.keyferry.acceptance.image;

import org.jspecify.annotations.NullMarked;

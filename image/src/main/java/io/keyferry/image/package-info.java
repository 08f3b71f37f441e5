/**
 * The container image, made without a container engine: a folder that looks like the image's root file system, and an
 * archive of it.
 */
@NullMarked
package io.keyferry.image;

import org.jspecify.annotations.NullMarked;

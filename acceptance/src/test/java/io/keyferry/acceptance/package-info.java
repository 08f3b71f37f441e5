@NullMarked
package io.keyferry.acceptance;

import org.jspecify.annotations.NullMarked;

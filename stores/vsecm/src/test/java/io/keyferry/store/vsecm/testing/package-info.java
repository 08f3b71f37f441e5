@NullMarked
package io.keyferry.store.vsecm.testing;

import org.jspecify.annotations.NullMarked;

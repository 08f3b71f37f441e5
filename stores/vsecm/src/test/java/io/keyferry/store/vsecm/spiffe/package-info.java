@NullMarked
package io.keyferry.store.vsecm.spiffe;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.keyferry.store.aws;

import org.jspecify.annotations.NullMarked;

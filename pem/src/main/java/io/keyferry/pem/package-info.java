/** Certificates and private keys in PEM. */
@NullMarked
package io.keyferry.pem;

import org.jspecify.annotations.NullMarked;

/** The {@code vsecmsecret} dialect: {@code vsecm.com/v1alpha1 VSecMSecret}, documents of VSecM Safe as Secrets. */
@NullMarked
package io.keyferry.dialect.vsecmsecret;

import org.jspecify.annotations.NullMarked;

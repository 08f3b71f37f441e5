/** The vaultsync dialect, against real parts: one class per behaviour. */
@NullMarked
package io.keyferry.acceptance.vaultsync;

import org.jspecify.annotations.NullMarked;

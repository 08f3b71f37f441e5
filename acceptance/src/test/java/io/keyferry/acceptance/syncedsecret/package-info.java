/** The syncedsecret dialect, against real parts: one class per behaviour. */
@NullMarked
package io.keyferry.acceptance.syncedsecret;

import org.jspecify.annotations.NullMarked;

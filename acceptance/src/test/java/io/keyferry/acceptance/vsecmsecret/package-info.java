/** The VSecMSecret dialect as it is shipped, on a real API server, with stand-ins for Safe and the SPIFFE agent. */
@NullMarked
package io.keyferry.acceptance.vsecmsecret;

import org.jspecify.annotations.NullMarked;

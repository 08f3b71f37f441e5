/**
 * HTTP under a SPIFFE identity: an X.509-SVID from the Workload API or from files, a server that is authorised by its SPIFFE
 * ID, and one connection for each request. It knows nothing of what is spoken over it.
 */
@NullMarked
package io.keyferry.store.vsecm.spiffe;

import org.jspecify.annotations.NullMarked;

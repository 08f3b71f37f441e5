/**
 * VMware Secrets Manager without VMware Secrets Manager: an authority that issues X.509-SVIDs, a Workload API that does what
 * real agents do on a bad day, and a Safe with every oddity of the real one.
 */
@NullMarked
package io.keyferry.testkit.vsecm;

import org.jspecify.annotations.NullMarked;

/** Objects of Kubernetes' own kinds that ask for something by annotations: their watches and the control loop. */
@NullMarked
package io.keyferry.kubernetes.annotated;

import org.jspecify.annotations.NullMarked;

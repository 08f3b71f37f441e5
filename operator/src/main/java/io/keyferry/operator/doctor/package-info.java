/** What can be wrong with a cluster, rights and stores, and what to do about it. */
@NullMarked
package io.keyferry.operator.doctor;

import org.jspecify.annotations.NullMarked;

/**
 * The real parts as test fixtures: {@link io.keyferry.testkit.RealParts} gives a test an API server and an OpenBao,
 * {@link io.keyferry.testkit.FaultProxy} puts faults between a client and a server, and
 * {@link io.keyferry.testkit.OperatorProcess} runs the operator as it is shipped.
 */
@NullMarked
package io.keyferry.testkit;

import org.jspecify.annotations.NullMarked;

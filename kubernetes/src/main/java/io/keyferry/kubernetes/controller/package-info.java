/** From a watch event to a report: the control loop that every dialect shares. */
@NullMarked
package io.keyferry.kubernetes.controller;

import org.jspecify.annotations.NullMarked;

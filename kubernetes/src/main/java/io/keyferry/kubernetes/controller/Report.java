package io.keyferry.kubernetes.controller;

import io.keyferry.kubernetes.event.EventNote;
import java.util.List;

/**
 * What to tell the world of a reconcile.
 *
 * @param status the object's whole status, a Jackson-writable value
 * @param isKnown whether the object has this status already, as far as it was seen
 * @param events in the order in which they are written
 * @param log in the order in which it is written
 */
public record Report(Object status, boolean isKnown, List<EventNote> events, List<LogLine> log) {}

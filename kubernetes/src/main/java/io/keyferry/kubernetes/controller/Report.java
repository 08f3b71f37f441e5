package io.keyferry.kubernetes.controller;

import io.keyferry.kubernetes.event.EventNote;
import java.util.List;
import java.util.Optional;

/**
 * What to tell the world of a reconcile.
 *
 * @param status the object's whole status, a Jackson-writable value; empty to leave it alone
 * @param events in the order in which they are written
 * @param log in the order in which it is written
 */
public record Report(Optional<Object> status, List<EventNote> events, List<LogLine> log) {}

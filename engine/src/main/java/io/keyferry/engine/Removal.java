package io.keyferry.engine;

import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.RemovableTarget;

/**
 * The wish that a place not exist any more.
 *
 * @param place what the place is called, for people
 * @param guard what must hold before it is removed
 */
public record Removal(String place, RemovableTarget target, Guard guard) {}

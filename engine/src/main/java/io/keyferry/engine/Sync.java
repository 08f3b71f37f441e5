package io.keyferry.engine;

import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.Target;

/**
 * One object's wish: fill {@code target} with what {@code recipe} makes.
 *
 * @param id the object
 * @param recipe where content comes from
 * @param target where content goes
 * @param guard what must hold before anything is written
 * @param refresh how often is looked again at what it depends on
 */
public record Sync(SyncId id, Recipe recipe, Target target, Guard guard, Refresh refresh) {}

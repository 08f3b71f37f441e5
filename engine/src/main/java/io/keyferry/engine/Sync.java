package io.keyferry.engine;

import io.keyferry.engine.read.SyncId;
import io.keyferry.engine.target.Guard;
import io.keyferry.engine.target.Target;
import java.time.Duration;
import java.util.Optional;

/**
 * One object's wish: fill {@code target} with what {@code recipe} makes.
 *
 * @param id the object
 * @param recipe where content comes from
 * @param target where content goes
 * @param guard what must hold before anything is written
 * @param refresh how often remote sources are looked at again; empty for never
 */
public record Sync(SyncId id, Recipe recipe, Target target, Guard guard, Optional<Duration> refresh) {}

package io.keyferry.engine.read;

import io.keyferry.engine.store.Access;
import io.keyferry.engine.store.Reference;

/** What the read plane shares reads by: who asks which store for what. */
public record ReadKey(Access access, Reference reference) {}

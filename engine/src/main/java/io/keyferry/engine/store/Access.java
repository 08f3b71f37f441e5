package io.keyferry.engine.store;

/** One remote system spoken to as one identity. */
public record Access(StoreAddress store, Identity identity) {}

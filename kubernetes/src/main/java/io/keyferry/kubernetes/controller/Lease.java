package io.keyferry.kubernetes.controller;

/**
 * Where leader election takes place.
 *
 * @param namespace the lease's namespace
 * @param identity what this process calls itself
 */
public record Lease(String namespace, String identity) {}

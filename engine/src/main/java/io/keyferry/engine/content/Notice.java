package io.keyferry.engine.content;

/**
 * Something worth telling the user that did not stop a recipe. Never holds a secret value.
 *
 * @param subject what it is about: a path, a key
 * @param message what is the matter with it
 */
public record Notice(String subject, String message) {}

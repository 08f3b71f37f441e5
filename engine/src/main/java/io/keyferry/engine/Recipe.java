package io.keyferry.engine;

import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.read.SecretReader;

/**
 * Makes content from what it reads. A recipe is a function: the same answers give the same content, and it touches
 * nothing but its reader. What it reads is what its sync depends on.
 */
@FunctionalInterface
public interface Recipe {
    /**
     * @throws RecipeException if no content can be made
     * @throws InterruptedException if the operator is stopping
     */
    SecretContent evaluate(SecretReader reader) throws RecipeException, InterruptedException;
}

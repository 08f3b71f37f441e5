package io.keyferry.bench.soak;

import java.util.List;
import java.util.random.RandomGenerator;

/** One dialect's objects, and what is to come of them. */
interface Share {
    String dialect();

    /** Creates all objects. */
    void create();

    /** Changes something at random: a source, an object, or what was made of it. */
    void edit(RandomGenerator random);

    /** The names of what is not as it should be; empty if nothing is. */
    List<String> differences();
}

package io.keyferry.gotemplate;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What a template may use before it is given up, so that none can hang its user or exhaust the memory.
 *
 * @param sourceBytes the size of the text
 * @param nesting how deep actions and parentheses may stand in one another in the text
 * @param depth how deep they, and the templates that are called, may be in one another while executing
 * @param outputBytes the size of the result
 * @param workBytes what all strings made on the way may hold in total
 * @param steps the number of nodes executed, a node in a loop for each time
 * @param nanos the time of one execution, including what functions take
 * @param clock the current time in nanoseconds from any beginning
 */
public record TemplateLimits(
        int sourceBytes,
        int nesting,
        int depth,
        int outputBytes,
        long workBytes,
        long steps,
        long nanos,
        LongSupplier clock) {
    /** Room for any sensible template, on a stack of 512 KB; the time is that of functions that fetch something. */
    public static final TemplateLimits DEFAULT = new TemplateLimits(
            256 << 10,
            100,
            200,
            1 << 20,
            8 << 20,
            250_000,
            Duration.ofSeconds(60).toNanos(),
            System::nanoTime);
}

package io.keyferry.operator.doctor;

import java.util.List;

/** Looks at one thing. */
@FunctionalInterface
public interface Check {
    /** What is the case; failures to look are findings. */
    List<Finding> run() throws InterruptedException;
}

package io.keyferry.operator.doctor;

import io.keyferry.operator.doctor.Finding.Grade;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Runs checks one after the other and tells what they found. */
public final class Doctor {
    private final List<Check> checks;

    public Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * Tells each finding as it comes.
     *
     * @return whether nothing fails
     */
    public boolean examine(PrintStream out) throws InterruptedException {
        List<Finding> all = new ArrayList<>();
        for (Check check : checks) {
            List<Finding> findings = check.run();
            findings.forEach(finding -> out.print(finding.lines()));
            all.addAll(findings);
        }
        long failures = count(all, Grade.FAIL);
        long warnings = count(all, Grade.WARN);
        out.println(
                failures + warnings == 0
                        ? "nothing is wrong"
                        : "%d %s, %d %s"
                                .formatted(
                                        failures,
                                        failures == 1 ? "failure" : "failures",
                                        warnings,
                                        warnings == 1 ? "warning" : "warnings"));
        return failures == 0;
    }

    private static long count(List<Finding> findings, Grade grade) {
        return findings.stream().filter(finding -> finding.grade() == grade).count();
    }
}

package io.keyferry.dialect.vsecmsecret;

import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.Problem;
import io.keyferry.engine.time.TimeSource;
import io.keyferry.kubernetes.status.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An object's conditions: {@code Ready}, {@code RefreshScheduled}, and one that is True for each thing that is worth knowing.
 */
final class Conditions {
    private static final String REFRESH_SCHEDULED = "RefreshScheduled";
    private static final String TRUE = "True";
    private static final String FALSE = "False";

    private final TimeSource time;

    Conditions(TimeSource time) {
        this.time = time;
    }

    List<Condition> of(VSecMSecret object, Readiness readiness, RefreshInterval interval, List<Notice> notices) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(after(object, Condition.READY, readiness.status(), readiness.why()));
        conditions.add(after(object, REFRESH_SCHEDULED, interval.isScheduled() ? TRUE : FALSE, interval.remark()));
        for (Notice notice : notices) {
            conditions.add(after(object, notice.subject(), TRUE, new Problem(notice.subject(), notice.message())));
        }
        return conditions;
    }

    /** Whether the object tells that all is well. */
    static boolean isReady(VSecMSecret object) {
        return before(object)
                .anyMatch(condition -> condition.type().equals(Condition.READY)
                        && condition.status().equals(TRUE));
    }

    /** The notices that the object does not tell of yet. */
    static List<Notice> news(VSecMSecret object, List<Notice> notices) {
        return notices.stream()
                .filter(notice -> before(object)
                        .noneMatch(condition -> condition.type().equals(notice.subject())
                                && condition.status().equals(TRUE)
                                && condition.message().equals(notice.message())))
                .toList();
    }

    private static Stream<Condition> before(VSecMSecret object) {
        List<Condition> conditions =
                object.getStatus() == null ? null : object.getStatus().conditions();
        return conditions == null ? Stream.of() : conditions.stream();
    }

    private Condition after(VSecMSecret object, String type, String status, Problem why) {
        return Condition.after(
                before(object).toList(), type, status, why, object.getMetadata().getGeneration(), time.now());
    }

    /**
     * The condition {@code Ready}.
     *
     * @param status {@code True}, {@code False} or {@code Unknown}
     */
    record Readiness(String status, Problem why) {
        static Readiness ready(String message) {
            return new Readiness(TRUE, new Problem("Synced", message));
        }

        static Readiness not(Problem why) {
            return new Readiness(FALSE, why);
        }

        static Readiness unknown(Problem why) {
            return new Readiness("Unknown", why);
        }

        boolean isReady() {
            return status.equals(TRUE);
        }
    }
}

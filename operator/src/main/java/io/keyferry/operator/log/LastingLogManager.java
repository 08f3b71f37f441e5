package io.keyferry.operator.log;

import java.util.logging.LogManager;

/**
 * Keeps the log working until the very end. The platform's own manager closes it as soon as the process is told to stop,
 * before the program has said how that went. Named by a system property of the launcher.
 */
public final class LastingLogManager extends LogManager {
    /** Does nothing: {@link Logging} sets everything up once. */
    @Override
    public void reset() {}

    /** Does nothing: the platform's defaults are not wanted. */
    @Override
    public void readConfiguration() {}
}

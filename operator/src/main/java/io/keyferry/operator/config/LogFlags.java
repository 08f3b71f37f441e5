package io.keyferry.operator.config;

import io.keyferry.dialect.syncedsecret.SyncedSecretDialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;

/** Reads the flags about the log: {@code --log-level=info,io.keyferry.engine=debug}, and the zap ones of the originals. */
final class LogFlags {
    private static final String LEVEL = "log-level";
    private static final String FORMAT = "log-format";
    private static final String ZAP_LEVEL = "zap-log-level";
    private static final String ZAP_FORMAT = "zap-encoder";
    private static final String ZAP_STACK_TRACES = "zap-stacktrace-level";
    private static final String ZAP_TIMES = "zap-time-encoding";
    private static final List<String> STACK_TRACES = List.of("debug", "info", "warn", "error", "panic");
    private static final List<String> TIMES =
            List.of("epoch", "millis", "nano", "nanos", "iso8601", "rfc3339", "rfc3339nano");

    /** Of libraries' loggers some write what they send and get. */
    private static final String OURS = "io.keyferry";

    private final Flags.Parsed flags;

    LogFlags(Flags.Parsed flags) {
        this.flags = flags;
    }

    LogConfig read(ConfigProblems problems) {
        boolean development = problems.read(() -> flags.isOn("zap-devel"), false);
        String levels = given(ZAP_LEVEL, development ? "debug" : flags.get(LEVEL));
        String format = given(ZAP_FORMAT, development ? "console" : flags.get(FORMAT));
        Map<String, Level> loggers = new TreeMap<>();
        Level level = Level.INFO;
        for (String part : levels.split(",", -1)) {
            int equals = part.indexOf('=');
            Level wanted = problems.read(() -> level(part.substring(equals + 1).strip()), Level.INFO);
            if (equals < 0) {
                level = wanted;
            } else {
                String logger =
                        problems.read(() -> logger(part.substring(0, equals).strip()), OURS);
                loggers.put(logger, wanted);
            }
        }
        String _ = problems.read(() -> word(ZAP_TIMES, TIMES), "");
        return new LogConfig(
                level,
                loggers,
                problems.read(() -> format(format), LogConfig.Format.JSON),
                problems.read(() -> stackTraces(development), Level.SEVERE));
    }

    /** The original's flag where it is given. */
    private String given(String original, String fallback) {
        return flags.get(original).isEmpty() ? fallback : flags.get(original);
    }

    private String logger(String name) throws ConfigException {
        if (name.equals(OURS) || name.startsWith(OURS + ".")) {
            return name;
        }
        throw wrong(LEVEL, ZAP_LEVEL, "names \"%s\", which is no logger below %s".formatted(name, OURS));
    }

    private Level level(String text) throws ConfigException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "error", "panic" -> Level.SEVERE;
            case "warn", "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            default -> {
                if (text.matches("[1-9][0-9]{0,2}")) {
                    yield Level.FINE;
                }
                throw wrong(LEVEL, ZAP_LEVEL, "is no level: use error, warn, info or debug");
            }
        };
    }

    /** What changes nothing is to be spelt right all the same, as for the originals. */
    private String word(String flag, List<String> words) throws ConfigException {
        String given = flags.get(flag).toLowerCase(Locale.ROOT);
        if (given.isEmpty() || words.contains(given)) {
            return given;
        }
        throw flags.wrong(flag, "is none of " + String.join(", ", words));
    }

    /** As zap's presets have it, and kube-secret-syncer's log, whose lines have none. */
    private Level stackTraces(boolean development) throws ConfigException {
        String from = word(ZAP_STACK_TRACES, STACK_TRACES);
        if (from.isEmpty()) {
            return isSyncersAlone() ? Level.OFF : development ? Level.WARNING : Level.SEVERE;
        }
        return from.equals("panic") ? Level.OFF : level(from);
    }

    private boolean isSyncersAlone() {
        return flags.get("dialects").equals(SyncedSecretDialect.NAME);
    }

    private LogConfig.Format format(String text) throws ConfigException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "json" -> isSyncersAlone() ? LogConfig.Format.SYNCER_JSON : LogConfig.Format.JSON;
            case "console" -> LogConfig.Format.CONSOLE;
            default -> throw wrong(FORMAT, ZAP_FORMAT, "is no log format: use json or console");
        };
    }

    private ConfigException wrong(String flag, String original, String why) {
        return flags.wrong(flags.get(original).isEmpty() ? flag : original, why);
    }
}

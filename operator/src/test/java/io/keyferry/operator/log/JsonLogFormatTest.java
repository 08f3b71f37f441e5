package io.keyferry.operator.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Lines from a level on tell how the program came to write them. */
class JsonLogFormatTest {
    private final List<String> lines = new ArrayList<>();

    private JsonNode line(Level stackTraces, Consumer<Logger> write) throws Exception {
        Logger logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        logger.addHandler(new Kept(new JsonLogFormat("ts", false, stackTraces)));
        write.accept(logger);
        return new ObjectMapper().readTree(lines.removeLast());
    }

    @Test
    void aLineOfTheLevelBeginsWithWhoWroteIt() throws Exception {
        assertThat(line(Level.SEVERE, logger -> logger.severe("m"))
                        .path("stacktrace")
                        .textValue())
                .startsWith(JsonLogFormatTest.class.getName() + ".")
                .contains("\n" + JsonLogFormatTest.class.getName() + ".aLineOfTheLevelBeginsWithWhoWroteIt(");
        assertThat(line(Level.WARNING, logger -> logger.severe("m")).has("stacktrace"))
                .isTrue();
    }

    @Test
    void aLineBelowTheLevelHasNone() throws Exception {
        assertThat(line(Level.SEVERE, logger -> logger.warning("m")).has("stacktrace"))
                .isFalse();
        assertThat(line(Level.OFF, logger -> logger.severe("m")).has("stacktrace"))
                .isFalse();
    }

    @Test
    void anUnexpectedFailureTellsItsOwn() throws Exception {
        JsonNode line = line(Level.OFF, logger -> logger.log(Level.SEVERE, "m", new IllegalStateException("broken")));
        assertThat(line.path("error").textValue()).isEqualTo("java.lang.IllegalStateException: broken");
        assertThat(line.path("stacktrace").textValue()).startsWith("java.lang.IllegalStateException: broken");
    }

    private final class Kept extends Handler {
        Kept(JsonLogFormat format) {
            setFormatter(format);
        }

        @Override
        public void publish(LogRecord entry) {
            lines.add(getFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

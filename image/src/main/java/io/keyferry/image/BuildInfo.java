package io.keyferry.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Properties;

/**
 * What is built.
 *
 * @param built the date of the commit, {@code unknown} outside a checkout
 */
record BuildInfo(String version, String commit, String built) {
    static BuildInfo load() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(BuildInfo.class.getResourceAsStream("image.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the build wrote image.properties", e);
        }
        return new BuildInfo(
                properties.getProperty("version", ""),
                properties.getProperty("commit", ""),
                properties.getProperty("built", ""));
    }

    /** When the image counts as created: with its commit, so that it is the same whenever it is made. */
    Instant created() {
        try {
            return OffsetDateTime.parse(built).toInstant();
        } catch (DateTimeParseException e) {
            return Stage.DATE;
        }
    }
}

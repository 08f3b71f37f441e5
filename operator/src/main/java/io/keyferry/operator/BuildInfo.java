package io.keyferry.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which build this is. */
record BuildInfo(String version, String commit, String built) {
    static BuildInfo load() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(BuildInfo.class.getResourceAsStream("version.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the build wrote version.properties", e);
        }
        return new BuildInfo(
                properties.getProperty("version", ""),
                properties.getProperty("commit", ""),
                properties.getProperty("built", ""));
    }

    @Override
    public String toString() {
        return "keyferry version %s (commit: %s, built: %s)".formatted(version, commit, built);
    }
}

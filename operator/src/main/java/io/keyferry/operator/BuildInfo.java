package io.keyferry.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Which build this is, as the jar says it.
 *
 * @param id a hash of all that goes into the program
 */
record BuildInfo(String version, String commit, String built, String id) {
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
                properties.getProperty("built", ""),
                properties.getProperty("id", ""));
    }

    /**
     * The JVM takes classes from an AOT cache without asking whether it was made from the jars at hand; what is read as
     * a resource always comes from the jar.
     *
     * @param compiled the id of the build that the classes in use were compiled in
     * @return what is wrong, if the classes in use are not the jar's
     */
    Optional<String> mismatch(String compiled) {
        return id.equals(compiled)
                ? Optional.empty()
                : Optional.of(
                        "the AOT cache holds classes of another build (%s) than the jars (%s); run ./dev build, or delete the keyferry-*.aot beside the jars"
                                .formatted(shortened(compiled), shortened(id)));
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(12, id.length()));
    }

    /** The line that a program of this name prints for {@code --version}. */
    String as(String program) {
        return "%s version %s (commit: %s, built: %s)".formatted(program, version, commit, built);
    }

    @Override
    public String toString() {
        return as("keyferry");
    }
}

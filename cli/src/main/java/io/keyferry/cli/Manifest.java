package io.keyferry.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyferry.dialect.vaultsecret.VaultSecretSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file with a VaultSecret in it. */
final class Manifest {
    private static final ObjectMapper YAML =
            new YAMLMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Manifest() {}

    /**
     * The {@code spec} of the file's first YAML document; null if it has none.
     *
     * @throws IOException if the file cannot be read or is no such manifest. The message quotes nothing of it: it may
     *     hold a token
     */
    static @Nullable VaultSecretSpec read(Path file) throws IOException {
        String text = text(file);
        try {
            JsonNode document = YAML.readTree(text);
            if (document != null && !document.isMissingNode() && !document.isNull() && !document.isObject()) {
                throw new IOException("parse " + file + ": not a VaultSecret");
            }
            return document == null ? null : YAML.treeToValue(document.get("spec"), VaultSecretSpec.class);
        } catch (JacksonException e) {
            throw new IOException("parse " + file + ": " + where(e) + "not the YAML of a VaultSecret");
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IOException("open " + file + ": no such file or directory", e);
        } catch (IOException e) {
            throw new IOException("open " + file + ": " + e.getMessage(), e);
        }
    }

    private static String where(JacksonException failure) {
        @Nullable JsonLocation location = failure.getLocation();
        return location == null || location.getLineNr() < 1 ? "" : "line %d: ".formatted(location.getLineNr());
    }
}

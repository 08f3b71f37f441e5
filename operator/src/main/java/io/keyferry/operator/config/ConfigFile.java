package io.keyferry.operator.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a file configures: one YAML mapping, whose keys are flags without dashes and names of variables, and whose values
 * are texts, numbers, booleans, or lists of them.
 *
 * @param flags by their names
 */
record ConfigFile(Map<String, String> flags, Map<String, String> ownVariables) {
    private static final ConfigFile EMPTY = new ConfigFile(Map.of(), Map.of());
    private static final long LARGEST = 1 << 20;

    /** @param name the file's; empty for none */
    static ConfigFile read(String name, ConfigProblems problems) {
        if (name.isEmpty()) {
            return EMPTY;
        }
        try {
            Path file = Path.of(name);
            if (Files.size(file) > LARGEST) {
                problems.file(name + ": is larger than 1 MiB, and no configuration");
                return EMPTY;
            }
            String text = Files.readString(file);
            if (hasAliases(text)) {
                problems.file(name + ": has aliases (*name), which are not followed: write out what they stand for");
                return EMPTY;
            }
            return of(name, mapper().readTree(text), problems);
        } catch (JacksonException e) {
            problems.file("%s: is no YAML: line %d: %s"
                    .formatted(
                            name,
                            e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                            e.getOriginalMessage().lines().findFirst().orElse("")));
        } catch (IOException | InvalidPathException e) {
            problems.file(name + ": no such file, or not readable");
        }
        return EMPTY;
    }

    private static YAMLMapper mapper() {
        return YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    private static boolean hasAliases(String text) throws IOException {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ConfigFile of(String file, JsonNode content, ConfigProblems problems) {
        if (content.isMissingNode() || content.isNull()) {
            return EMPTY;
        }
        if (!content.isObject()) {
            problems.file(file + ": is no mapping of flags and variables, such as log-level: debug");
            return EMPTY;
        }
        Set<String> knownFlags = new Flags().settings();
        Set<String> knownVariables = Variable.names();
        Map<String, String> flags = new HashMap<>();
        Map<String, String> variables = new HashMap<>();
        content.properties().forEach(entry -> {
            String name = entry.getKey();
            if (!isPlain(entry.getValue())) {
                problems.file("%s in %s: write a text, a number, true, false, or a list of them".formatted(name, file));
            } else if (knownFlags.contains(name)) {
                flags.put(name, text(entry.getValue()));
            } else if (knownVariables.contains(name)) {
                variables.put(name, text(entry.getValue()));
            } else {
                problems.file("%s in %s: is neither a flag nor a variable of Keyferry; see keyferry config reference"
                        .formatted(name, file));
            }
        });
        return new ConfigFile(Map.copyOf(flags), Map.copyOf(variables));
    }

    private static boolean isPlain(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isValueNode)
                : value.isValueNode() && !value.isNull();
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","))
                : value.asText();
    }

    /** These variables, and the file's where they say nothing. */
    Map<String, String> variables(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        ownVariables.forEach((name, value) -> {
            if (environment.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                all.put(name, value);
            }
        });
        return all;
    }
}

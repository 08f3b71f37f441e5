package io.keyferry.testkit.vsecm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Safe makes of a value by a template and a format, its bug included: the template's output is split on commas, and pieces
 * without a colon are dropped, so that a value with a comma falls back to what was stored. Of Go's templates only {@code
 * {{.path.to.key}}} is known here.
 */
final class Transformation {
    private static final Pattern ACTION = Pattern.compile("\\{\\{\\s*\\.([A-Za-z0-9_.]+)\\s*}}");

    private Transformation() {}

    /** The transformed value; empty if there is no template. */
    static String of(String value, String template, String format) {
        if (template.isEmpty()) {
            return "";
        }
        Optional<JsonNode> json = GoJson.read(value).filter(JsonNode::isObject);
        Optional<String> filled = json.flatMap(root -> filled(root, template)).map(Transformation::withoutCommas);
        return switch (format) {
            case "raw" -> filled.orElse(value);
            case "yaml" ->
                filled.flatMap(GoJson::read).flatMap(Transformation::yaml).orElse(value);
            default -> filled.filter(text -> GoJson.read(text).isPresent()).orElse(value);
        };
    }

    private static Optional<String> filled(JsonNode root, String template) {
        StringBuilder out = new StringBuilder();
        Matcher action = ACTION.matcher(template);
        while (action.find()) {
            JsonNode node = root.at("/" + action.group(1).replace('.', '/'));
            String text = node.isMissingNode() ? "<no value>" : node.isValueNode() ? node.asText() : node.toString();
            action.appendReplacement(out, Matcher.quoteReplacement(text));
        }
        action.appendTail(out);
        return out.indexOf("{{") >= 0 ? Optional.empty() : Optional.of(out.toString());
    }

    private static String withoutCommas(String text) {
        String kept = Arrays.stream(text.split(",", -1))
                .filter(piece -> piece.contains(":") && !piece.contains("<no value>"))
                .collect(Collectors.joining(","));
        String opened = kept.startsWith("{") ? kept : "{" + kept;
        return opened.endsWith("}") ? opened : opened + "}";
    }

    private static Optional<String> yaml(JsonNode node) {
        try {
            return Optional.of(new YAMLMapper().writeValueAsString(node));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}

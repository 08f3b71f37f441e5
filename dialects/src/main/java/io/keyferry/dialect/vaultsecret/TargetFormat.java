package io.keyferry.dialect.vaultsecret;

import io.keyferry.engine.content.Notice;
import io.keyferry.engine.content.SecretValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the tree is laid out in a Secret. */
enum TargetFormat {
    /** One entry per leaf. */
    ENV {
        @Override
        Map<String, SecretValue> render(Json.Members tree, Layout layout, List<Notice> notices)
                throws ConflictException {
            return EnvFormat.entries(tree, layout, notices);
        }
    },
    /** One entry, {@code secrets.json}. */
    JSON {
        @Override
        Map<String, SecretValue> render(Json.Members tree, Layout layout, List<Notice> notices) {
            return Map.of("secrets.json", SecretValue.utf8(JsonFormat.render(tree)));
        }
    },
    /** One entry, {@code secrets.yaml}. */
    YAML {
        @Override
        Map<String, SecretValue> render(Json.Members tree, Layout layout, List<Notice> notices) {
            return Map.of("secrets.yaml", SecretValue.utf8(YamlFormat.render(tree, layout)));
        }
    };

    abstract Map<String, SecretValue> render(Json.Members tree, Layout layout, List<Notice> notices)
            throws ConflictException;

    static Optional<TargetFormat> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "env" -> Optional.of(ENV);
            case "json" -> Optional.of(JSON);
            case "yaml" -> Optional.of(YAML);
            default -> Optional.empty();
        };
    }

    /** What is said of a text that names no format. */
    static String invalid(String text) {
        return "invalid target format: \"" + text.toLowerCase(Locale.ROOT) + "\"";
    }
}

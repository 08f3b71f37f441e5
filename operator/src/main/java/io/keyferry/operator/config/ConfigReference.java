package io.keyferry.operator.config;

import java.util.List;

/** All that can be configured, as a page. */
public final class ConfigReference {
    private ConfigReference() {}

    /** Tables of flags and variables in Markdown, with the headings' levels of a page below its title. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("## Flags\n\n| flag | variable | |\n|---|---|---|\n");
        for (Flags.Described flag : new Flags().described()) {
            row(
                    page,
                    List.of(
                            code("--" + flag.name()),
                            flag.variable().isEmpty() ? "" : code(flag.variable()),
                            flag.description()));
        }
        page.append("\n## Variables\n");
        for (Variable.Topic topic : Variable.Topic.values()) {
            page.append("\n### ").append(topic.title()).append("\n\n| variable | without it | |\n|---|---|---|\n");
            Variable.all().stream()
                    .filter(variable -> variable.topic() == topic)
                    .forEach(variable ->
                            row(page, List.of(code(variable.name()), variable.unset(), variable.description())));
        }
        return page.toString();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append('|');
        for (String cell : cells) {
            String text = cell.replace("|", "\\|").replace("\n", " ");
            page.append(text.isEmpty() ? " |" : " " + text + " |");
        }
        page.append('\n');
    }
}

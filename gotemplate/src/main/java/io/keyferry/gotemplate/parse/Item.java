package io.keyferry.gotemplate.parse;

/** What a parser finds next: a part of the template, or what ends the body that it is in. */
sealed interface Item {
    record Part(Node node) implements Item {}

    enum Stop implements Item {
        END,
        ELSE;

        String shown() {
            return this == END ? "{{end}}" : "{{else}}";
        }
    }
}

package io.keyferry.gotemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random templates: most of them by the grammar, and mostly of sensible types. */
final class RandomTemplate {
    private static final List<String> TEXTS =
            List.of("", " ", "a", "\n", " \n\t ", "x y", "{ ", "}", "é", "\r\n", "-", "{ { ", "\"", "0");
    private static final List<String> STRINGS = List.of(
            "\"\"",
            "\"a\"",
            "\"abc\"",
            "\"db\"",
            "\"tag1\"",
            "\"env\"",
            "\"json\"",
            "\"a b<&>'\"",
            "`raw\\n`",
            "\"é日😀\"",
            "\"\\xff\\u00e9\\n\"",
            "\"%d\"",
            "(print 1 2)",
            "$m.str",
            "$m.uni",
            "$m.nl",
            "$s.CurrentVersionID",
            "(index $s.Tags \"env\")",
            "$m.html",
            "(getSecretValue \"lines\")");
    private static final List<String> INTEGERS = List.of(
            "0",
            "1",
            "2",
            "-1",
            "3",
            "'a'",
            "0x1F",
            "1e1",
            "1_0",
            "9223372036854775807",
            "-9223372036854775808",
            "(len \"ab\")",
            "(index \"abc\" 1)",
            "$s.UpdatedAt.Unix",
            "$s.UpdatedAt.Year",
            "$s.UpdatedAt.Month",
            "$s.UpdatedAt.Weekday",
            "($s.UpdatedAt.Sub $.Secrets.a.UpdatedAt)");
    private static final List<String> FLOATS = List.of(
            "1.5",
            "0.1",
            "-2.5",
            "1e-7",
            "1e21",
            "123456789.0",
            "0x1p-2",
            "-0.0",
            "$m.num",
            "$m.big",
            "$m.float",
            "$m.neg",
            "$m.zero",
            "$m.exact",
            "3.0");
    private static final List<String> CONTAINERS = List.of(
            ".Secrets",
            "$.Secrets",
            "$m",
            "$m.list",
            "$m.map",
            "$m.none",
            "$m.void",
            "$m.names",
            "$m.nums",
            "$m.maps",
            "$m.deep",
            "$s",
            "$s.Tags",
            ".Tags",
            ".",
            "$",
            "(getSecretValueMap \"db\")",
            "(getSecretValueMap \"odd\")",
            "(filterByTagKey $.Secrets \"tag1\")",
            "(index $.Secrets \"nope\")",
            "(slice $m.list 1 3)",
            "(slice $m.names 0 2 3)");
    private static final List<String> OTHERS = List.of(
            "true",
            "false",
            "nil",
            "1i",
            "1+2i",
            "$m.null",
            "$m.nope",
            "$m.nope.x",
            "$m.null.x",
            "$s.Nope",
            ".Nope",
            "$s.UpdatedAt",
            "(index $m.list 3)",
            "$m.yes",
            "$x",
            "$k",
            "$v",
            "$nope",
            "nope",
            ".Secrets.db.Tags.nope",
            "$.Secrets.nope",
            "$.Secrets.db.Tags.tag1",
            "$.Secrets.é.CurrentVersionID");
    private static final List<String> FLAGS = List.of(
            "", "", "", "+", "-", "#", " ", "0", "+#", "-0", "5", "12", "-8", "08", ".2", ".0", "9.3", "*", ".*",
            "-*.*", "[1]", "[2]", "[2]*[1]", "[3]", "+08.3", "# ", "#x");

    private static final List<String> DURATIONS = List.of(
            "0",
            "1",
            "-1",
            "1000",
            "1_000_000_000",
            "60_000_000_000",
            "3_600_000_000_000",
            "86_400_000_000_000",
            "7",
            "1234567891");
    private static final List<String> LAYOUT_PARTS = List.of(
            "2006",
            "06",
            "01",
            "1",
            "Jan",
            "January",
            "02",
            "2",
            "_2",
            "__2",
            "002",
            "15",
            "03",
            "3",
            "04",
            "4",
            "05",
            "5",
            "PM",
            "pm",
            "MST",
            "Z0700",
            "Z07:00",
            "-07:00",
            "-0700",
            "-07",
            "Z07",
            "-07:00:00",
            "Z07:00:00",
            "Z070000",
            ".000",
            ".999",
            ",000",
            ".00",
            ".0000000001",
            ",9",
            "Mon",
            "Monday",
            " ",
            "-",
            ":",
            "x",
            "0",
            "_",
            "é",
            "T",
            "_2006",
            "05.000",
            "5.99");
    private static final List<String> HARMLESS = List.of(
            "true",
            "false",
            "1i",
            "1+2i",
            "$m.null",
            "$m.nope",
            "$m.nope.x",
            "$s.UpdatedAt",
            "(index $m.list 3)",
            "$m.yes",
            "$x");

    private final RandomGenerator random;
    private int room;

    /** Whether this template is to be one that mostly succeeds. */
    private boolean careful;

    private int loops;

    RandomTemplate(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        careful = chance(70);
        loops = 0;
        room = 3 + random.nextInt(careful ? 6 : 12);
        StringBuilder template = new StringBuilder();
        if (careful || chance(90)) {
            template.append("{{$m := getSecretValueMap \"json\"}}{{$s := index .Secrets \"db\"}}{{$x := ")
                    .append(operand())
                    .append("}}");
        }
        sequence(template, 0);
        if (careful) {
            template.append("{{define \"u\"}}{{print .}}{{end}}");
        } else if (chance(15)) {
            template.append("{{define \"u\"}}");
            sequence(template, 1);
            template.append("{{end}}");
        }
        return template.toString();
    }

    private void sequence(StringBuilder out, int depth) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count && room > 0; i++) {
            room--;
            out.append(of(TEXTS));
            statement(out, depth);
        }
        out.append(of(TEXTS));
    }

    private void statement(StringBuilder out, int depth) {
        if (depth > 3 || chance(55)) {
            action(out, pipeline(2));
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> action(out, "$x := " + pipeline(2));
            case 1 -> action(out, "$x = " + pipeline(2));
            case 2, 3 -> block(out, "if " + pipeline(1), "if", depth);
            case 4 -> block(out, "with " + (chance(30) ? "$x := " : "") + pipeline(1), "with", depth);
            case 5, 6, 7 -> block(out, "range " + rangeVariables() + loop(), "", depth);
            case 8 -> action(out, "template \"u\"" + (chance(70) ? " " + pipeline(1) : ""));
            case 9 -> {
                if (careful) {
                    action(out, pipeline(1));
                } else {
                    block(out, "block \"b\" " + pipeline(1), null, depth);
                }
            }
            case 10 -> action(out, careful && loops == 0 ? "print" : chance(50) ? "break" : "continue");
            default -> out.append(of(List.of("{{/* c */}}", "{{- /* c */ -}}", "{{/* a\nb */}}")));
        }
    }

    private String rangeVariables() {
        return of(List.of("", "", "$v := ", "$k, $v := ", "$k, $v := ", "$x = ", careful ? "" : "$x, $m = "));
    }

    private String loop() {
        return careful || chance(85) ? container() : pipeline(1);
    }

    /** @param alternative what may come after {@code else}; null when there is no else */
    private void block(StringBuilder out, String head, @Nullable String alternative, int depth) {
        int around = loops;
        loops += head.startsWith("range") ? 1 : 0;
        action(out, head);
        sequence(out, depth + 1);
        loops = around;
        if (alternative != null && chance(40)) {
            if (!alternative.isEmpty() && chance(30)) {
                action(out, "else " + alternative + " " + pipeline(1));
                sequence(out, depth + 1);
            }
            action(out, "else");
            sequence(out, depth + 1);
        }
        if (careful || !chance(1)) {
            action(out, "end");
        }
    }

    private void action(StringBuilder out, String inside) {
        out.append(chance(12) ? "{{- " : "{{").append(inside).append(chance(12) ? " -}}" : "}}");
    }

    private String pipeline(int depth) {
        StringBuilder pipeline = new StringBuilder(command(depth));
        while (chance(18)) {
            pipeline.append(chance(50) ? " | " : "|").append(filter());
        }
        return pipeline.toString();
    }

    private String filter() {
        return careful
                ? of(List.of(
                        "print",
                        "html",
                        "js",
                        "urlquery",
                        "println",
                        "printf \"%v\"",
                        "printf \"%q\"",
                        "printf \"%5s|\"",
                        "not",
                        "and 1"))
                : of(List.of(
                        "print",
                        "len",
                        "html",
                        "js",
                        "urlquery",
                        "println",
                        "base64",
                        "indent 2",
                        "printf \"%v\"",
                        "printf \"%q\"",
                        "printf \"%5s|\"",
                        "not",
                        "index $m",
                        "eq 1",
                        "and 1",
                        "or \"\"",
                        "slice \"abcdef\""));
    }

    private String command(int depth) {
        if (chance(25)) {
            return operand();
        }
        return careful ? carefulCommand(depth) : anyCommand(depth);
    }

    private String carefulCommand(int depth) {
        return switch (random.nextInt(14)) {
            case 0 -> "print" + arguments(depth, random.nextInt(4));
            case 1, 2, 3 -> printf(depth);
            case 4 -> compared(of(List.of(STRINGS, INTEGERS, FLOATS)));
            case 5 -> of(List.of("and", "or")) + arguments(depth, 1 + random.nextInt(3));
            case 6 -> "len " + of(List.of("$m", "$m.list", "$m.names", "$s.Tags", "\"h\\u00e9\"", "$m.void"));
            case 7 ->
                "index " + of(List.of("$m.list", "$m.names", "$m.nums", "$m.maps", "\"abc\"")) + " "
                        + random.nextInt(3);
            case 8 -> "index " + of(List.of("$m", "$s.Tags", "$.Secrets", "$m.map", "$m.void")) + " " + of(STRINGS);
            case 9 ->
                "slice " + of(List.of("\"abcdef\"", "$m.uni", "$m.list", "(slice $m.list 0 2)")) + " "
                        + random.nextInt(3) + " " + (3 + random.nextInt(3));
            case 10 -> of(List.of("html", "js", "urlquery")) + arguments(depth, 1 + random.nextInt(2));
            case 11 -> "base64 " + of(STRINGS);
            case 12 -> "indent " + random.nextInt(4) + " " + of(STRINGS);
            default -> time();
        };
    }

    private String time() {
        String time = of(List.of(
                "$s.UpdatedAt",
                "$.Secrets.a.UpdatedAt",
                "$.Secrets.json.UpdatedAt",
                "$.Secrets.é.UpdatedAt",
                "$.Secrets.ﬀ.UpdatedAt",
                "(index $.Secrets \"nope\").UpdatedAt"));
        return switch (random.nextInt(7)) {
            case 0 -> time + ".AddDate" + numbers(3);
            case 1 -> time + of(List.of(".Add ", ".Truncate ", ".Round ")) + of(DURATIONS);
            case 2 ->
                "(" + time + ".Sub $s.UpdatedAt)"
                        + of(List.of("", ".Hours", ".Minutes", ".Seconds", ".Abs", ".String", ".Milliseconds"));
            case 3 ->
                time
                        + of(List.of(
                                ".Unix",
                                ".UnixMilli",
                                ".UnixNano",
                                ".Month",
                                ".String",
                                ".GoString",
                                ".Weekday",
                                ".UTC",
                                ".YearDay"));
            default -> time + ".Format \"" + layout() + "\"";
        };
    }

    private String layout() {
        StringBuilder layout = new StringBuilder();
        int parts = 1 + random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            layout.append(of(LAYOUT_PARTS));
        }
        return layout.toString();
    }

    private String compared(List<String> operands) {
        return of(List.of("eq", "ne", "lt", "le", "gt", "ge")) + " " + of(operands) + " " + of(operands);
    }

    private String anyCommand(int depth) {
        return switch (random.nextInt(24)) {
            case 0, 1 -> "print" + arguments(depth, random.nextInt(4));
            case 2, 3, 4, 5 -> printf(depth);
            case 6 -> "println" + arguments(depth, random.nextInt(3));
            case 7, 8 ->
                of(List.of("eq", "ne", "lt", "le", "gt", "ge")) + arguments(depth, chance(85) ? 2 : random.nextInt(4));
            case 9 -> of(List.of("and", "or")) + arguments(depth, 1 + random.nextInt(3));
            case 10 -> "not" + arguments(depth, 1);
            case 11 -> "len " + (chance(60) ? of(CONTAINERS) : argument(depth));
            case 12, 13 ->
                "index " + (chance(70) ? of(CONTAINERS) : argument(depth)) + arguments(depth, 1 + random.nextInt(2));
            case 14 -> "index " + of(CONTAINERS) + " " + of(STRINGS);
            case 15 -> "slice " + (chance(50) ? of(STRINGS) : argument(depth)) + numbers(random.nextInt(4));
            case 16 -> of(List.of("html", "js", "urlquery")) + arguments(depth, 1 + random.nextInt(2));
            case 17 -> "base64 " + argument(depth);
            case 18 -> "indent " + of(INTEGERS.subList(0, 6)) + " " + argument(depth);
            case 19 -> time();
            case 20 -> "(" + command(depth - 1) + ")" + (chance(50) ? ".x" : "");
            case 21 ->
                "$s.UpdatedAt."
                        + of(List.of(
                                "Unix",
                                "Year",
                                "Month",
                                "Day",
                                "Hour",
                                "String",
                                "IsZero",
                                "Weekday",
                                "YearDay",
                                "UTC",
                                "Nanosecond",
                                "Nope"));
            case 22 -> "getSecretValue " + of(STRINGS);
            default -> operand();
        };
    }

    private String printf(int depth) {
        StringBuilder format = new StringBuilder("printf \"");
        int directives = 1 + random.nextInt(3);
        for (int i = 0; i < directives; i++) {
            char verb = "vvvvdsqxXTtbcoOUeEfFgGpz%w".charAt(random.nextInt(26));
            format.append('%')
                    .append(of(FLAGS))
                    .append(verb == 'p' ? 'v' : verb)
                    .append(of(List.of("", " ", "|", "é")));
        }
        return format.append('"') + arguments(depth, Math.max(0, directives + random.nextInt(3) - 1));
    }

    private String numbers(int count) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            numbers.append(' ').append(random.nextInt(10) - 1);
        }
        return numbers.toString();
    }

    private String arguments(int depth, int count) {
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i < count; i++) {
            arguments.append(' ').append(argument(depth));
        }
        return arguments.toString();
    }

    private String argument(int depth) {
        return depth > 0 && chance(20) ? "(" + pipeline(depth - 1) + ")" : operand();
    }

    private String operand() {
        if (careful && chance(30)) {
            return chance(50) ? container() : of(HARMLESS);
        }
        return of(
                careful
                        ? of(List.of(STRINGS, INTEGERS, FLOATS))
                        : of(List.of(STRINGS, STRINGS, INTEGERS, INTEGERS, FLOATS, CONTAINERS, OTHERS)));
    }

    private String container() {
        String container = of(CONTAINERS);
        boolean fails = container.equals(".Secrets") || container.equals(".Tags") || container.equals("$s");
        return careful && (fails || container.length() == 1) ? "$m.maps" : container;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A template with parts of it, or of another one, missing, doubled or moved. */
    String mutated(List<String> templates) {
        StringBuilder text = new StringBuilder(of(templates));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            String other = of(templates);
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, text.substring(at, end));
                case 2 -> text.insert(at, piece(other));
                case 3 -> text.replace(at, end, piece(other));
                default -> text.insert(at, of(TOKENS));
            }
        }
        return text.toString();
    }

    private static final List<String> TOKENS = new ArrayList<>(List.of(
            "{{",
            "}}",
            "|",
            "(",
            ")",
            ".",
            "$",
            "\"",
            "`",
            "'",
            " ",
            "-",
            "{{-",
            "-}}",
            "{{end}}",
            "{{else}}",
            "/*",
            "*/",
            ":=",
            "=",
            ",",
            "nil",
            "1",
            "x",
            "\\",
            "%",
            "\n",
            "{{if true}}",
            "{{range .Secrets}}",
            "{{break}}",
            "#",
            "é",
            "0x",
            "e",
            "_",
            "i",
            "\0"));

    private String piece(String text) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(from, Math.min(text.length(), from + random.nextInt(12)));
    }
}

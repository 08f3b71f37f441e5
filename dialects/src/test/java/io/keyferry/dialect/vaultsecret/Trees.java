package io.keyferry.dialect.vaultsecret;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Values as Vault may hold them, with a taste for texts that are hard to print. */
final class Trees {
    private static final List<String> HARD =
            split("§ §a b§ a§a §\t§\n§a\n§\na§a\n b§a \nb§a\n\nb\n\n§\r§a\r\nb§---§...§- a§-§?§: §a: b§"
                    + "a #b§#§'§it's§\"§\\§[§{}§&a§*a§!a§|§>§%a§@a§`a§~§null§true§Yes§no§on§n§0§007§0x1F§0b1§"
                    + "0o7§1_000§1e3§1.5§.5§5.§.inf§-.inf§.nan§+1§190:20:30§2001-01-01§2001-01-01T00:00:00Z§=§"
                    + "<<§é§日本§\u00a0§\u0085§\u2028§\u2029§\ufeff§\ufffd§😀§\u0000§\u0001§\u001b§\u007f§"
                    + "<b>&</b>§a_b§a.b§k9§k10§k09");
    private static final List<String> NUMBERS =
            split("0§-0§7§-123§999999§1000000§12345678901234567890§0.5§1.50§1.0§1e3§1E-7§-2.5e+10");

    private Trees() {}

    private static List<String> split(String texts) {
        return List.of(texts.split("§", -1));
    }

    /** Strings without lone surrogates: there are none in what was read from JSON. */
    private static Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings()
                .ofMaxLength(12)
                .filter(text -> text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF));
        return Arbitraries.oneOf(
                Arbitraries.of(HARD),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6),
                any,
                Combinators.combine(Arbitraries.of(HARD), Arbitraries.of(HARD)).as(String::concat));
    }

    private static Arbitrary<Json> values(Predicate<String> wanted) {
        return Arbitraries.lazyOf(
                () -> texts().filter(wanted).map(text -> (Json) new Json.Text(text)),
                () -> Arbitraries.of(NUMBERS).map(number -> (Json) new Json.Numeral(number)),
                () -> Arbitraries.of(true, false).map(value -> (Json) new Json.Bool(value)),
                () -> Arbitraries.just((Json) new Json.Null()),
                () -> values(wanted).list().ofMaxSize(3).map(items -> (Json) new Json.Array(items)),
                () -> members(wanted).map(members -> (Json) members));
    }

    static Arbitrary<Json.Members> members() {
        return members(text -> true);
    }

    /** @param wanted which texts may occur, as names and as values */
    static Arbitrary<Json.Members> members(Predicate<String> wanted) {
        return Arbitraries.lazy(() ->
                        Arbitraries.maps(texts().filter(wanted), values(wanted)).ofMaxSize(4))
                .map(Trees::object);
    }

    static Json.Members object(Map<String, Json> members) {
        SortedMap<String, Json> sorted = new TreeMap<>(ByteOrder.COMPARATOR);
        sorted.putAll(members);
        return new Json.Members(sorted);
    }
}

package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ApiPathTest {
    private static final Endpoint ENDPOINT = endpoint("http://vault.example:8200/base");

    @Property
    void anyPathStaysAPathOfTheSameServer(@ForAll("paths") String path) {
        String clean = ApiPath.join(path);
        URI url = ENDPOINT.address().url(clean, "");

        assertThat(url.getAuthority()).isEqualTo("vault.example:8200");
        assertThat(url.getRawQuery()).isNull();
        assertThat(url.getRawFragment()).isNull();
        assertThat(url.getPath()).isEqualTo(clean.isEmpty() ? "/base/v1" : "/base/v1/" + clean);
        assertThat(url.toString()).matches("[!-~]+");
    }

    @Property
    void aCleanPathHasNoEmptyOrDotSegments(@ForAll("paths") String path) {
        String clean = ApiPath.join(path);

        assertThat(ApiPath.join(clean)).isEqualTo(clean);
        assertThat(clean).doesNotStartWith("/").doesNotEndWith("/");
        if (!clean.isEmpty()) {
            assertThat(Arrays.asList(clean.split("/", -1))).doesNotContain("", ".", "..");
        }
    }

    @Property
    void theQueryIsTheCallersAlone(@ForAll("paths") String path) {
        assertThat(ENDPOINT.address().url(ApiPath.join(path), "list=true").getRawQuery())
                .isEqualTo("list=true");
    }

    @Example
    void cleansAsGoDoes() {
        assertThat(ApiPath.join("a//b/./c/")).isEqualTo("a/b/c");
        assertThat(ApiPath.join("a/b/../c")).isEqualTo("a/c");
        assertThat(ApiPath.join("../../sys/health")).isEqualTo("sys/health");
        assertThat(ApiPath.join("a/...")).isEqualTo("a/...");
    }

    @Example
    void encodesAsGoDoes() {
        assertThat(ApiPath.encode("a b?c#d%e/f+g&h=i:j@k,l;m$n~o")).isEqualTo("a%20b%3Fc%23d%25e/f+g&h=i:j@k,l;m$n~o");
        assertThat(ApiPath.encode("é*!'()[]\\\n")).isEqualTo("%C3%A9%2A%21%27%28%29%5B%5D%5C%0A");
    }

    @Example
    void putsTheKv2PrefixAfterTheMount() {
        assertThat(ApiPath.below("secret/", "data", "secret/a/b")).isEqualTo("secret/data/a/b");
        assertThat(ApiPath.below("secret/", "metadata", "secret")).isEqualTo("secret/metadata");
        assertThat(ApiPath.below("secret/", "metadata", "secret/")).isEqualTo("secret/metadata");
        assertThat(ApiPath.below("secret/", "data", "/secret/a")).isEqualTo("secret/data/secret/a");
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> nasty = Arbitraries.of(
                "/", "//", "..", ".", "?", "#", "%", "%2f", "%2e%2e", "\\", "@", ":", "\r\n", " ", "é", "😀", "data");
        Arbitrary<String> any = Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(6);
        return Arbitraries.oneOf(List.of(nasty, any)).list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    private static char[] surrogates() {
        char[] surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < surrogates.length; i++) {
            surrogates[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return surrogates;
    }

    private static Endpoint endpoint(String url) {
        try {
            return new Endpoint(VaultAddress.parse(url), "");
        } catch (VaultError e) {
            throw new AssertionError(e);
        }
    }
}

package io.keyferry.dialect.vaultsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyferry.engine.content.SecretContent;
import io.keyferry.engine.content.SecretValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ContentTest {
    private static final SecretValue BINARY = SecretValue.of(new byte[] {(byte) 0xc3, 'x'});

    @Property
    void everyValueCanBeHadBack(@ForAll byte[] bytes) throws Exception {
        SecretContent content = Content.of(Map.of("k", SecretValue.of(bytes)), Binary.BASE64);
        SecretValue written = Objects.requireNonNull(content.data().get("k"));
        boolean encoded = content.annotations().containsKey(Content.BASE64);
        byte[] back = encoded ? Base64.getDecoder().decode(written.utf8()) : written.bytes();
        assertThat(back).isEqualTo(bytes);
        assertThat(encoded).isNotEqualTo(Binary.isText(SecretValue.of(bytes)));
    }

    @Test
    void binaryValuesMayBeReplacedOrRefused() throws Exception {
        assertThat(Content.of(Map.of("k", BINARY), Binary.REPLACE).data())
                .containsEntry("k", SecretValue.utf8("\ufffdx"));
        assertThatThrownBy(() -> Content.of(Map.of("k", BINARY), Binary.REFUSE)).hasMessageContaining("k is not text");
    }

    @Test
    void longListsOfNamesFitIntoMetadata() throws Exception {
        Map<String, SecretValue> data = IntStream.range(0, 100)
                .boxed()
                .collect(Collectors.toMap("a-rather-long-name-of-a-key-%d"::formatted, i -> BINARY));
        SecretContent content = Content.of(data, Binary.BASE64);
        assertThat(content.annotations().values()).allMatch(value -> value.length() <= 512);
        assertThat(content.annotations()).containsEntry(Content.KEYS, "100 keys");
        assertThat(content.annotations().entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(Content.BASE64))
                        .flatMap(entry -> Arrays.stream(entry.getValue().split(",", -1))))
                .containsExactlyInAnyOrderElementsOf(data.keySet());
    }

    @Test
    void namesThatMetadataCannotHoldAreCounted() throws Exception {
        assertThat(Content.of(Map.of("kl\u00fc", BINARY), Binary.BASE64).annotations())
                .containsEntry(Content.BASE64, "1 keys")
                .containsEntry(Content.KEYS, "1 keys");
        Map<String, SecretValue> many = IntStream.range(0, 1000)
                .boxed()
                .collect(
                        Collectors.toMap("a-very-long-name-%s-%%d".formatted("x".repeat(200))::formatted, i -> BINARY));
        assertThat(Content.of(many, Binary.BASE64).annotations())
                .containsEntry(Content.BASE64, "1000 keys")
                .hasSize(2);
    }
}

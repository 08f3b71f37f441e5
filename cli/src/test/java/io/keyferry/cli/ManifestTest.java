package io.keyferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.keyferry.dialect.vaultsecret.VaultSecretSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("manifest.yaml"), text);
    }

    @Test
    void onlyTheFirstDocumentCounts() throws IOException {
        assertThat(Manifest.read(file("""
                        ---
                        kind: VaultSecret
                        unknown: {a: 1}
                        spec:
                          addr: http://one
                          paths:
                            - {path: secret/a, prefix: p_, other: x}
                        ---
                        spec:
                          addr: http://two
                        """)))
                .isEqualTo(new VaultSecretSpec(
                        List.of(new VaultSecretSpec.Path("secret/a", "p_")),
                        "http://one",
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    @Test
    void aFileWithoutSpecSaysNothing() throws IOException {
        assertThat(Manifest.read(file(""))).isNull();
        assertThat(Manifest.read(file("kind: VaultSecret\n"))).isNull();
        assertThat(Manifest.read(file("---\n---\nspec: {addr: http://two}\n"))).isNull();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.yaml");
        assertThatIOException()
                .isThrownBy(() -> Manifest.read(missing))
                .withMessage("open " + missing + ": no such file or directory");
    }

    @Test
    void whatIsNoManifestIsToldWithoutQuotingIt() throws IOException {
        for (String broken : List.of(
                "spec:\n  auth: {token: hidden\n",
                "spec:\n  auth: [hidden]\n",
                "spec: hidden\n",
                "hidden\n",
                "- hidden\n")) {
            Path file = file(broken);
            assertThatIOException()
                    .isThrownBy(() -> Manifest.read(file))
                    .withMessageStartingWith("parse " + file + ": ")
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("hidden"))
                    .withNoCause();
        }
    }
}

package io.keyferry.store.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.engine.content.Problem;
import io.keyferry.engine.store.StoreFailure.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KvFailuresTest {
    private static final String PATH = "secret/data/403/not found";

    private static Problem problem(VaultError error) {
        return KvFailures.of("failed", PATH, error).problem();
    }

    @ParameterizedTest
    @CsvSource({
        "403, permission_denied, VaultDenied",
        "404, invalid_path, VaultPathInvalid",
        "405, invalid_path, VaultPathInvalid",
        "400, unknown, VaultRefused",
        "429, unknown, VaultRefused",
        "500, unknown, VaultRefused",
        "503, unknown, VaultRefused",
        "408, connection_failed, VaultUnavailable",
        "504, connection_failed, VaultUnavailable"
    })
    void theStatusTellsWhatFailedWhateverTheTextSays(int status, String type, String reason) {
        Problem problem = problem(VaultError.answered(
                Kind.UNAVAILABLE, status, "URL: PUT " + PATH + " permission denied timeout", Optional.empty()));
        assertThat(problem.details()).containsEntry("error_type", type).containsEntry("path", PATH);
        assertThat(problem.reason()).isEqualTo(reason);
    }

    @Test
    void noAnswerIsAFailedConnectionAndASenselessOneIsNot() {
        assertThat(problem(VaultError.unreachable("connection refused")).details())
                .containsEntry("error_type", "connection_failed");
        assertThat(problem(VaultError.invalid("no JSON")).details()).containsEntry("error_type", "unknown");
    }

    @Test
    void whatIsTooLargeComesWithAdvice() {
        VaultError error = VaultError.answered(Kind.INVALID, 413, "request body too large", Optional.empty());
        assertThat(problem(error).message()).contains("select fewer keys");
    }
}

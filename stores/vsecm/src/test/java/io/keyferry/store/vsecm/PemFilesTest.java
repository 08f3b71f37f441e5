package io.keyferry.store.vsecm;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyferry.store.vsecm.testing.Fixture;
import io.keyferry.testkit.vsecm.FakeWorkloadApi;
import io.keyferry.testkit.vsecm.TestSvid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An SVID in files that something else renews. */
class PemFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Fixture f;

    @BeforeEach
    void start() {
        f = new Fixture(
                folder,
                FakeWorkloadApi.stopped(folder.resolve("agent.sock")),
                Map.of(
                        "KEYFERRY_VSECM_SVID_FILE", file("svid.pem").toString(),
                        "KEYFERRY_VSECM_KEY_FILE", file("key.pem").toString(),
                        "KEYFERRY_VSECM_BUNDLE_FILE", file("bundle.pem").toString()));
        f.safe.put("vsecm-operator", "{}");
    }

    @AfterEach
    void stop() {
        f.close();
    }

    @Test
    void waitsForFilesThatAppearLate() throws Exception {
        assertThat(f.failure().reason()).isEqualTo("IdentityUnavailable");
        assertThat(f.failure().message()).contains("svid.pem cannot be read");
        TestSvid svid = write(f.svid(Fixture.OPERATOR));
        assertThat(f.outcome()).isEqualTo("read");
        assertThat(f.lastRequest().serial()).isEqualTo(svid.serial());
        assertThat(f.agent.calls()).isZero();
    }

    @Test
    void presentsTheNewSvidOnceAllFilesAreRenewed() throws Exception {
        TestSvid first = write(f.svid(Fixture.OPERATOR));
        assertThat(f.outcome()).isEqualTo("read");
        TestSvid second = f.svid(Fixture.OPERATOR);
        Files.writeString(file("svid.pem"), second.chainPem());
        assertThat(f.outcome()).as("half renewed").isEqualTo("read");
        assertThat(f.lastRequest().serial()).isEqualTo(first.serial());
        Files.writeString(file("key.pem"), second.keyPem());
        assertThat(f.outcome()).isEqualTo("read");
        assertThat(f.lastRequest().serial()).isEqualTo(second.serial());
    }

    @Test
    void sendsNothingAfterExpiry() throws Exception {
        write(f.svid(Fixture.OPERATOR));
        assertThat(f.outcome()).isEqualTo("read");
        f.time.pass(Fixture.LIFETIME);
        assertThat(f.failure().message()).contains("has expired");
        assertThat(f.safe.connections()).isEqualTo(1);
    }

    @Test
    void saysWhatIsWrongWithAFileAndNothingOfItsContent() throws Exception {
        TestSvid svid = write(f.svid(Fixture.OPERATOR));
        Files.writeString(file("key.pem"), f.svid(Fixture.OPERATOR).keyPem());
        assertThat(f.failure().message()).contains("private key does not belong to the certificate");
        Files.writeString(file("key.pem"), "hunter2");
        assertThat(f.failure().message()).contains("no PKCS#8 key").doesNotContain("hunter2");
        Files.writeString(file("key.pem"), svid.keyPem());
        Files.writeString(file("bundle.pem"), "");
        assertThat(f.failure().message()).contains("trust bundle is empty");
        Files.writeString(file("bundle.pem"), "x".repeat((1 << 20) + 1));
        assertThat(f.failure().message()).contains("larger than 1 MiB");
        assertThat(f.safe.connections()).isZero();
    }

    private TestSvid write(TestSvid svid) throws Exception {
        Files.writeString(file("svid.pem"), svid.chainPem());
        Files.writeString(file("key.pem"), svid.keyPem());
        Files.writeString(file("bundle.pem"), svid.bundlePem());
        return svid;
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}

package io.keyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortRangeTest {
    private static final int RANGES = 16;
    private static final int PORTS = 8_000;

    @TempDir
    Path folder;

    @Test
    void noTwoGetOnePort() {
        Set<Integer> all = new HashSet<>();
        List<PortRange> kept = new ArrayList<>();
        for (int i = 0; i < RANGES; i++) {
            PortRange range = PortRange.claimIn(folder);
            kept.add(range);
            for (int port = 0; port < PORTS / RANGES; port++) {
                all.add(range.next());
            }
        }
        assertThat(all).hasSize(PORTS).allMatch(port -> port >= 20_000 && port < 28_000);
        assertThatThrownBy(() -> PortRange.claimIn(folder))
                .hasMessageContaining("more than 16 processes want ports")
                .hasMessageContaining(folder.toString());
        assertThat(kept).hasSize(RANGES);
    }

    @Test
    void afterTheLastComesTheFirst() {
        PortRange range = PortRange.claimIn(folder);
        int first = range.next();
        for (int i = 1; i < PORTS / RANGES; i++) {
            assertThat(range.next()).isNotEqualTo(first);
        }
        assertThat(range.next()).isEqualTo(first);
    }
}

package io.keyferry.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private final FairQueue<Character, String> queue = new FairQueue<>();

    @Test
    void partiesTakeTurnsAndEachServesFirstComeFirstServed() {
        add("a1", "a2", "a3", "b1", "c1", "c2");
        assertThat(takeAll(party -> true)).containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void whoComesToAnEmptyLineGoesAfterAllOthers() {
        add("a1", "b1", "c1");
        assertThat(queue.take(party -> true)).isEqualTo("a1");
        add("a2");
        assertThat(takeAll(party -> true)).containsExactly("b1", "c1", "a2");
    }

    @Test
    void aPartyThatMayNotGoKeepsItsTurnAndHoldsUpNobody() {
        add("a1", "b1", "b2");
        assertThat(queue.take(party -> party != 'a')).isEqualTo("b1");
        assertThat(takeAll(party -> true)).containsExactly("a1", "b2");
    }

    @Test
    void whereNobodyMayGoNothingIsTaken() {
        add("a1");
        assertThat(queue.has(party -> party == 'b')).isFalse();
        assertThat(queue.take(party -> party == 'b')).isNull();
        assertThat(queue.has(party -> party == 'a')).isTrue();
    }

    @Test
    void whatIsRemovedIsNotTaken() {
        add("a1", "a2", "b1");
        assertThat(remove("a1")).isTrue();
        assertThat(remove("a1")).isFalse();
        assertThat(remove("b1")).isTrue();
        assertThat(remove("c1")).isFalse();
        assertThat(queue.has(party -> party == 'b')).isFalse();
        assertThat(takeAll(party -> true)).containsExactly("a2");
    }

    @Test
    void drainingTakesEverything() {
        add("a1", "a2", "b1");
        assertThat(queue.drain()).containsExactlyInAnyOrder("a1", "a2", "b1");
        assertThat(queue.isEmpty()).isTrue();
    }

    private void add(String... items) {
        for (String item : items) {
            queue.add(item.charAt(0), item);
        }
    }

    private boolean remove(String item) {
        return queue.remove(item.charAt(0), item);
    }

    private List<String> takeAll(Predicate<Character> mayGo) {
        List<String> taken = new ArrayList<>();
        for (String next = queue.take(mayGo); next != null; next = queue.take(mayGo)) {
            taken.add(next);
        }
        return taken;
    }
}

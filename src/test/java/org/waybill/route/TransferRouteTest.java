package org.waybill.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferRouteTest {

    @ParameterizedTest
    @CsvSource({
        "*.part, reads.fastq.part",
        "*.part, .part",
        "*.tmp*, a.tmp",
        "*.tmp*, a.tmp.tmp123",
        ".*, .hidden",
        ".*, .",
        "a?c, abc",
        "a?c, a𝄞c",
        "a**c, ac",
        "*a*b*, xxaxxbxx",
        "*ab, aab",
        "*aab, aaaab",
        "exact.txt, exact.txt",
        "[a], [a]",
        "a.c, a.c",
        "'ü?', üß"
    })
    void ignores(String glob, String name) {
        assertThat(route(glob).ignores(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "*.part, reads.fastq.parts",
        "*.part, part",
        "*.part, reads.PART",
        ".*, visible.bam",
        "a?c, ac",
        "a?c, abbc",
        "*a*b*, ba",
        "*ab, aba",
        "exact.txt, exact.txt2",
        "exact.txt, an-exact.txt",
        "[a], a",
        "a.c, abc",
        "?, ''"
    })
    void doesNotIgnore(String glob, String name) {
        assertThat(route(glob).ignores(name)).isFalse();
    }

    @Test
    void ignoresWhatAnyGlobMatches() {
        TransferRoute route = route("*.part", "*.tmp");

        assertThat(List.of("a.part", "a.tmp", "a.bam"))
                .filteredOn(route::ignores)
                .containsExactly("a.part", "a.tmp");
        assertThat(route().ignores("a.part")).isFalse();
    }

    @Test
    @Timeout(5)
    void isNotKeptBusyByACleverName() {
        assertThat(route("*a".repeat(50) + "b").ignores("a".repeat(255))).isFalse();
    }

    @Test
    void refusesImpossibleValues() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> route(second.negated(), 1, second)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> route(second, 1, second.negated())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> route(second, 0, second)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TransferRoute route(String... ignore) {
        return new TransferRoute(
                TransferRoute.ArrivalRule.QUIET, Duration.ZERO, 1, Duration.ZERO, List.of(ignore), Optional.empty());
    }

    private static TransferRoute route(Duration quietFor, int observations, Duration waitFor) {
        return new TransferRoute(
                TransferRoute.ArrivalRule.QUIET, quietFor, observations, waitFor, List.of(), Optional.empty());
    }
}

package org.waybill.format.accesslog.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.waybill.format.accesslog.range.ByteRanges.Range;

class ByteRangesTest {

    @Test
    void piecesInAnyOrderAreTheWholeWhenNoneIsMissing() {
        ByteRanges ranges = new ByteRanges(100);
        ranges.add(60, 100);
        ranges.add(0, 20);
        ranges.add(10, 30);
        assertThat(ranges.ranges()).containsExactly(new Range(0, 30), new Range(60, 100));
        assertThat(ranges.coveredBytes()).isEqualTo(70);
        ranges.add(31, 60);
        assertThat(ranges.isWhole()).as("byte 30 is missing").isFalse();
        ranges.add(30, 31);
        assertThat(ranges.isWhole()).isTrue();
        assertThat(ranges.ranges()).containsExactly(new Range(0, 100));
    }

    @Test
    void areAsBitsWouldBe() {
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            int size = 1 + random.nextInt(60);
            ByteRanges ranges = new ByteRanges(size);
            BitSet bits = new BitSet();
            for (int i = random.nextInt(12); i >= 0; i--) {
                int from = random.nextInt(size + 1);
                int to = from + random.nextInt(size - from + 1);
                ranges.add(from, to);
                bits.set(from, to);
                assertThat(ranges.coveredBytes()).isEqualTo(bits.cardinality());
                assertThat(ranges.isWhole()).isEqualTo(bits.cardinality() == size);
                ByteRanges again = new ByteRanges(size);
                ranges.ranges().forEach(again::add);
                assertThat(again.ranges()).isEqualTo(ranges.ranges());
            }
        }
    }

    @Test
    void emptyFileIsWholeWhenItWasSent() {
        ByteRanges ranges = new ByteRanges(0);
        assertThat(ranges.isWhole()).isFalse();
        ranges.add(0, 0);
        assertThat(ranges.isWhole()).isTrue();
        assertThat(ranges.ranges()).containsExactly(new Range(0, 0));
    }

    @Test
    void rangeBeyondTheFileIsRefused() {
        ByteRanges ranges = new ByteRanges(10);
        assertThatThrownBy(() -> ranges.add(5, 11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a range within 10 bytes, found one up to 11");
        assertThatThrownBy(() -> ranges.add(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ranges.add(5, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}

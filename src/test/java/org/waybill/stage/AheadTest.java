package org.waybill.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.waybill.run.pulse.RunStoppedException;

@Timeout(60)
class AheadTest {

    @Test
    void givesEverythingInOrderAndThenNothing() throws IOException {
        Iterator<Integer> source = List.of(1, 2, 3).iterator();
        AtomicInteger asked = new AtomicInteger();
        List<Integer> given = new ArrayList<>();
        try (Ahead<Integer> ahead = new Ahead<>("test", () -> {
            asked.incrementAndGet();
            return source.hasNext() ? source.next() : null;
        })) {
            for (Integer next = ahead.next(); next != null; next = ahead.next()) {
                given.add(next);
            }
            assertThat(ahead.next()).isNull();
        }
        assertThat(given).containsExactly(1, 2, 3);
        assertThat(asked).as("asked no more after null").hasValue(4);
    }

    @Test
    void takesTheNextOneWhileTheFirstIsWorkedOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        try (Ahead<Integer> ahead = new Ahead<>("test", () -> {
            if (asked.incrementAndGet() == 2) {
                second.countDown();
            }
            return 1;
        })) {
            ahead.next();
            assertThat(second.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(asked).as("one ahead, not more").hasValue(2);
        }
    }

    @Test
    void throwsWhatTheSourceThrowsAndAsksNoMore() throws IOException {
        for (Exception fault : List.of(new EOFException("for a test"), new RunStoppedException())) {
            AtomicInteger asked = new AtomicInteger();
            try (Ahead<Integer> ahead = new Ahead<>("test", () -> {
                if (asked.incrementAndGet() == 2) {
                    if (fault instanceof IOException io) {
                        throw io;
                    }
                    throw (RuntimeException) fault;
                }
                return 1;
            })) {
                assertThat(ahead.next()).isOne();
                assertThatThrownBy(ahead::next).isSameAs(fault);
                assertThat(ahead.next()).isNull();
                assertThat(asked).hasValue(2);
            }
        }
    }

    @Test
    void isClosedOnceTheSourceIsNotAskedAnyMore() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Ahead<Integer> slow = new Ahead<>("test", new Ahead.Source<>() {
            private boolean first = true;

            @Override
            public Integer next() {
                if (!first) {
                    try {
                        mayEnd.await();
                        TimeUnit.MILLISECONDS.sleep(50);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    ended.set(true);
                }
                first = false;
                return 1;
            }
        });
        slow.next();
        mayEnd.countDown();
        slow.close();
        assertThat(ended).isTrue();
    }
}

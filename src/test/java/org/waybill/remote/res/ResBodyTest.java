package org.waybill.remote.res;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

/** What the body asks of the HTTP client, step by step, without a network. */
class ResBodyTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int AHEAD = 8;

    private final ResBody body = new ResBody();
    private final Asked asked = new Asked();

    private static final class Asked implements Subscription {
        private long lists;
        private boolean cancelled;

        @Override
        public void request(long n) {
            lists += n;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void aReaderThatPausesIsNotFlooded() throws Exception {
        body.onSubscribe(asked);
        assertThat(asked.lists).isEqualTo(AHEAD);
        for (int i = 0; i < AHEAD; i++) {
            body.onNext(List.of(one(i), one(i)));
        }
        assertThat(asked.lists).as("nobody has read").isEqualTo(AHEAD);

        for (int i = 0; i < AHEAD; i++) {
            assertThat(body.next(LONG)).hasValueSatisfying(buffer -> buffer.get());
            assertThat(asked.lists).as("one more for each that is taken").isEqualTo(AHEAD + i + 1);
            assertThat(body.next(LONG)).hasValueSatisfying(buffer -> buffer.get());
            assertThat(asked.lists).isEqualTo(AHEAD + i + 1);
        }
    }

    @Test
    void theEndStaysTheEndAndABreakABreak() throws Exception {
        body.onSubscribe(asked);
        body.onComplete();
        assertThat(body.next(LONG)).isEmpty();
        assertThat(body.next(LONG)).isEmpty();

        ResBody broken = new ResBody();
        broken.onSubscribe(new Asked());
        broken.onNext(List.of(one(1)));
        broken.onError(new SocketException("Connection reset"));
        assertThat(broken.next(LONG)).hasValueSatisfying(buffer -> buffer.get());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> broken.next(LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the connection broke: SocketException (Connection reset)");
        }
    }

    @Test
    void whatIsClosedAsksForNothing() throws Exception {
        body.onSubscribe(asked);
        body.onNext(List.of(one(1)));
        body.close();
        assertThat(asked.cancelled).isTrue();
        assertThat(body.next(LONG)).isPresent();
        assertThat(asked.lists).isEqualTo(AHEAD);

        Asked late = new Asked();
        body.onSubscribe(late);
        assertThat(late.cancelled).isTrue();
        assertThat(late.lists).isZero();
    }

    private static ByteBuffer one(int value) {
        return ByteBuffer.wrap(new byte[] {(byte) value});
    }
}

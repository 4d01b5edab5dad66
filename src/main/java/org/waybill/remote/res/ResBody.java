package org.waybill.remote.res;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands the body of an answer from the HTTP client's thread to the reader's, a few buffers ahead. The client's own stream
 * would wait without end for a server that fell silent.
 */
final class ResBody implements BodySubscriber<ResBody> {

    private static final int LISTS_AHEAD = 8; // of 16 KiB each, as the client reads

    private sealed interface Signal {}

    private record Buffers(List<ByteBuffer> buffers) implements Signal {}

    private record End() implements Signal {}

    private record Broken(Throwable failure) implements Signal {}

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(); // bounded by what is asked for
    private final Queue<ByteBuffer> taken = new ArrayDeque<>();
    private @Nullable Subscription subscription; // this and closed are guarded by this
    private boolean closed;

    /** At once: the caller reads while the body comes. */
    @Override
    public CompletionStage<ResBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(LISTS_AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(new Buffers(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Broken(failure));
    }

    @Override
    public void onComplete() {
        signals.add(new End());
    }

    /**
     * The next bytes, at least one; nothing at the end. To be called by one thread.
     *
     * @throws IOException if the connection broke, or nothing came for so long; the message has no URL
     */
    Optional<ByteBuffer> next(Duration wait) throws IOException, InterruptedException {
        while (true) {
            ByteBuffer buffer = taken.poll();
            if (buffer != null && buffer.hasRemaining()) {
                return Optional.of(buffer);
            }
            if (buffer == null && !take(wait)) {
                return Optional.empty();
            }
        }
    }

    private boolean take(Duration wait) throws IOException, InterruptedException {
        Signal signal = signals.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (signal == null) {
            throw new IOException("nothing came for " + wait.toMillis() / 1_000.0 + " seconds");
        }
        if (signal instanceof Buffers some) {
            taken.addAll(some.buffers());
            askForMore();
            return true;
        }
        signals.add(signal); // the end stays the end, and a break a break
        if (signal instanceof Broken broken) {
            throw new IOException("the connection broke: " + Fault.told(broken.failure()));
        }
        return false;
    }

    private synchronized void askForMore() {
        if (subscription != null && !closed) {
            subscription.request(1);
        }
    }

    /** Gives the connection up; harmless at the end. */
    synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}

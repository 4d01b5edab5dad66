package org.waybill.remote.ega;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Writes the body of an answer to a file and gives up beyond a bound, so that no server can fill the disk. */
final class BoundedBody implements BodySubscriber<Path> {

    private final BodySubscriber<Path> file;
    private final long maxBytes;
    private @Nullable Subscription subscription;
    private long bytes;

    BoundedBody(Path target, long maxBytes) {
        this.file = BodySubscribers.ofFile(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Path> getBody() {
        return file.getBody();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        file.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes <= maxBytes) {
            file.onNext(buffers);
        } else if (subscription != null) {
            subscription.cancel();
            file.onError(new EgaRefusedException(
                    "the server sends more than " + maxBytes + " bytes: this is hardly a list of files"));
        }
    }

    @Override
    public void onError(Throwable throwable) {
        file.onError(throwable);
    }

    @Override
    public void onComplete() {
        file.onComplete();
    }
}

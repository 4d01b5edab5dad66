package org.waybill.stage.delivery.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.waybill.route.delivery.DeliveryChannel;
import org.waybill.route.delivery.DeliveryRoute;
import org.waybill.route.delivery.Recipient;
import org.waybill.run.StageRun;

/** The open channels of a run, one for each recipient: each keeps its own pace. */
public final class Channels implements AutoCloseable {

    private final DeliveryRoute delivery;
    private final StageRun run;
    private final InstantSource clock;
    private final ConcurrentMap<Path, Boolean> swept = new ConcurrentHashMap<>();
    private final Map<String, Channel> open = new LinkedHashMap<>();

    public Channels(DeliveryRoute delivery, StageRun run, InstantSource clock) {
        this.delivery = delivery;
        this.run = run;
        this.clock = clock;
    }

    /** @throws IOException if it cannot be opened */
    public synchronized Channel of(Recipient recipient) throws IOException {
        Channel channel = open.get(recipient.name());
        if (channel == null) {
            channel = open(recipient);
            open.put(recipient.name(), channel);
        }
        return channel;
    }

    private Channel open(Recipient recipient) throws IOException {
        DeliveryChannel terms = delivery.channel(recipient);
        if (terms instanceof DeliveryChannel.Local local) {
            return new LocalFolder(local, swept, this::passed);
        }
        return SftpServer.open(
                (DeliveryChannel.Sftp) terms,
                recipient.bandwidth(),
                count -> run.progress().add(0, count),
                run,
                clock);
    }

    /** Bytes were read for a recipient. */
    private void passed(int count) {
        run.continueOrStop();
        run.progress().add(0, count);
    }

    @Override
    public synchronized void close() throws IOException {
        for (Channel channel : open.values()) {
            channel.close();
        }
        open.clear();
    }
}

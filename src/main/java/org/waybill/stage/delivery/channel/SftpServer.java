package org.waybill.stage.delivery.channel;

import java.io.IOException;
import java.time.InstantSource;
import java.util.function.IntConsumer;
import org.waybill.route.delivery.DeliveryChannel;
import org.waybill.route.delivery.Recipient;
import org.waybill.run.StageRun;

/** A recipient's server that speaks SFTP. */
final class SftpServer {

    private SftpServer() {}

    static Channel open(
            DeliveryChannel.Sftp terms, Recipient recipient, IntConsumer passed, StageRun run, InstantSource clock)
            throws IOException {
        throw new IOException("x");
    }
}

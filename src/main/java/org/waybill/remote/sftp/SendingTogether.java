package org.waybill.remote.sftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.waybill.remote.sftp.file.Remote;
import org.waybill.remote.sftp.file.Volley;
import org.waybill.remote.sftp.session.SftpChannel;

/**
 * Sends several small files in the steps that the package says, each step for all of them before its answers are waited for:
 * four waits for all, where one alone waits a dozen times.
 */
final class SendingTogether implements AutoCloseable {

    private final List<SmallUpload> uploads = new ArrayList<>();

    private interface Step {
        void ask(SmallUpload upload, Volley volley) throws IOException;
    }

    /** Reads what is to be sent of those that are small. What cannot be read is left out. */
    SendingTogether(List<Upload> all) {
        for (Upload each : all) {
            if (SmallUpload.isOne(each)) {
                try {
                    uploads.add(SmallUpload.of(each));
                } catch (ContentFaultException e) {
                    continue; // it is told by who sends it alone
                }
            }
        }
    }

    /** @return what was delivered; of the others, some may have been begun with */
    Map<Upload, Delivered> send(SftpChannel channel) throws IOException {
        boolean canForce = Remote.extension(channel, OpenSSHFsyncExtension.class) != null;
        List<SmallUpload> left = uploads;
        left = step(channel, left, SmallUpload::look);
        left = step(channel, left, SmallUpload::create);
        left = step(channel, left, (upload, volley) -> upload.fill(volley, canForce));
        left.stream().map(each -> each.upload().beforeNaming()).distinct().forEach(Runnable::run);
        left = step(channel, left, SmallUpload::name);
        Map<Upload, Delivered> delivered = new LinkedHashMap<>();
        left.forEach(each -> delivered.put(each.upload(), each.delivered()));
        return delivered;
    }

    /** @return those for which all was as expected */
    private static List<SmallUpload> step(SftpChannel channel, List<SmallUpload> uploads, Step step)
            throws IOException {
        Volley volley = new Volley(channel);
        for (SmallUpload each : uploads) {
            step.ask(each, volley);
        }
        volley.send();
        List<SmallUpload> left = new ArrayList<>();
        for (SmallUpload each : uploads) {
            if (each.isAsExpected()) {
                left.add(each);
            }
        }
        return left;
    }

    @Override
    public void close() {
        uploads.forEach(SmallUpload::forget);
    }
}

package org.waybill.stage.acknowledgement.shelf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.waybill.remote.sftp.SftpPartner;
import org.waybill.remote.sftp.session.BytesPerSecond;
import org.waybill.remote.sftp.session.SftpLimits;
import org.waybill.route.acknowledgement.LogSource;
import org.waybill.route.yaml.SftpAccount;
import org.waybill.stage.SftpPartners;

/** The places of the logs of a route; servers stay connected until the end. */
public final class Shelves implements AutoCloseable {

    private final SftpLimits limits;
    private final Runnable continueOrStop;
    private final Map<SftpAccount, SftpPartner> partners = new LinkedHashMap<>();

    /**
     * @param isStopping whether what waits for a server is to end
     * @param continueOrStop ends what asks, then
     */
    public Shelves(BooleanSupplier isStopping, Runnable continueOrStop) {
        this.continueOrStop = continueOrStop;
        this.limits = SftpLimits.usual(new BytesPerSecond(() -> BytesPerSecond.NO_LIMIT), isStopping);
    }

    /** @throws IOException if the login cannot be used */
    public LogShelf of(LogSource log) throws IOException {
        if (log.sftp().isEmpty()) {
            return new LocalShelf(Path.of(log.folder()), log.files());
        }
        SftpAccount account = log.sftp().get();
        SftpPartner partner = partners.get(account);
        if (partner == null) {
            partner = SftpPartners.of(account, limits);
            partners.put(account, partner);
        }
        return new SftpShelf(partner, log.folder(), log.files(), continueOrStop);
    }

    @Override
    public void close() {
        partners.values().forEach(SftpPartner::close);
        partners.clear();
    }
}

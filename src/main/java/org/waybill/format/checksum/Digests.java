package org.waybill.format.checksum;

import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;

/** Several checksums over the same bytes. For one thread; reusable after {@link #finish()}. */
public final class Digests {

    private final Map<ChecksumAlgorithm, MessageDigest> digests = new EnumMap<>(ChecksumAlgorithm.class);

    public Digests(Set<ChecksumAlgorithm> algorithms) {
        algorithms.forEach(algorithm -> digests.put(algorithm, algorithm.newDigest()));
    }

    public void update(byte[] bytes, int from, int length) {
        for (MessageDigest digest : digests.values()) {
            digest.update(bytes, from, length);
        }
    }

    /** The checksums of all bytes since the start or the last call, in the order of {@link ChecksumAlgorithm}. */
    public List<Checksum> finish() {
        return digests.entrySet().stream()
                .map(entry -> Checksum.of(entry.getKey(), entry.getValue().digest()))
                .toList();
    }
}

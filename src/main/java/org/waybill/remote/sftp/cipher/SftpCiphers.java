package org.waybill.remote.sftp.cipher;

import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.conscrypt.Conscrypt;

/** What is offered to a server, the first that it knows is taken. */
public final class SftpCiphers {

    private SftpCiphers() {}

    /** AES-GCM first: in Java more than twice as fast as ChaCha20. */
    public static List<NamedFactory<Cipher>> all() {
        return List.of(
                fastest(BuiltinCiphers.aes256gcm),
                fastest(BuiltinCiphers.aes128gcm),
                BuiltinCiphers.aes256ctr,
                BuiltinCiphers.aes128ctr,
                BuiltinCiphers.cc20p1305_openssh);
    }

    private static NamedFactory<Cipher> fastest(BuiltinCiphers gcm) {
        return Conscrypt.isAvailable() ? new OfBoringSsl(gcm) : gcm;
    }

    private record OfBoringSsl(BuiltinCiphers gcm) implements NamedFactory<Cipher> {

        @Override
        public String getName() {
            return gcm.getName();
        }

        @Override
        public Cipher create() {
            return new BoringSslGcm(gcm);
        }
    }
}

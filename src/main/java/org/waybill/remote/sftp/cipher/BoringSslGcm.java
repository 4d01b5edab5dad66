package org.waybill.remote.sftp.cipher;

import java.security.Provider;
import javax.crypto.Cipher;
import org.apache.sshd.common.cipher.BaseGCMCipher;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.conscrypt.Conscrypt;

/**
 * AES-GCM for SSH (RFC 5647) by BoringSSL, fast from the first packet on. The JDK's own is only when Java has compiled it, which
 * takes about a gigabyte of packets.
 */
final class BoringSslGcm extends BaseGCMCipher {

    /** Never registered with the JVM. */
    private static final class Native {
        static final Provider PROVIDER = Conscrypt.newProvider();
    }

    BoringSslGcm(BuiltinCiphers gcm) {
        super(
                gcm.getIVSize(),
                gcm.getAuthenticationTagSize(),
                gcm.getKdfSize(),
                gcm.getAlgorithm(),
                gcm.getKeySize(),
                gcm.getTransformation(),
                gcm.getCipherBlockSize());
    }

    @Override
    protected Cipher createCipherInstance(Mode mode, byte[] key, byte[] iv) throws Exception {
        super.createCipherInstance(mode, key, iv); // prepares the key and the counter
        return Cipher.getInstance(getTransformation(), Native.PROVIDER);
    }
}

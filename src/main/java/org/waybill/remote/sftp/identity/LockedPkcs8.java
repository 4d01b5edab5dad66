package org.waybill.remote.sftp.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Opens PEM's ENCRYPTED PRIVATE KEY (RFC 5958, section 3, with PBES2 of RFC 8018), which the SSH library cannot. */
final class LockedPkcs8 {

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN ENCRYPTED PRIVATE KEY-----(.*?)-----END ENCRYPTED PRIVATE KEY-----", Pattern.DOTALL);

    private LockedPkcs8() {}

    static boolean isIn(String text) {
        return PEM.matcher(text).find();
    }

    /**
     * The same key, open, in PEM.
     *
     * @throws GeneralSecurityException if the passphrase is wrong or the way of locking unknown
     */
    static byte[] open(String text, char[] passphrase) throws GeneralSecurityException, IOException {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new IOException("no encrypted private key");
        }
        EncryptedPrivateKeyInfo locked =
                new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(pem.group(1)));
        // The name of the algorithm is PBES2 alone; only its parameters tell which
        String algorithm = locked.getAlgParameters().toString();
        PBEKeySpec spec = new PBEKeySpec(passphrase);
        try {
            SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, locked.getAlgParameters());
            byte[] open = cipher.doFinal(locked.getEncryptedData());
            try {
                String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(open);
                return ("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n").getBytes(US_ASCII);
            } finally {
                Arrays.fill(open, (byte) 0);
            }
        } finally {
            spec.clearPassword();
        }
    }
}

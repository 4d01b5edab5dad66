package org.waybill.remote.sftp.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Iterator;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;

/**
 * The private key that lets us in: Ed25519, ECDSA or RSA from 2048 bits; in the formats of OpenSSH, PEM or PKCS#8, open or
 * locked with a passphrase. Shows nothing but the fingerprint of its public half.
 */
public final class SftpLogin {

    private static final Set<String> TYPES =
            Set.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa");
    private static final int SHORTEST_RSA_BITS =
            2048; // what OpenSSH asks for is less, what BSI and NIST ask for is this

    private final KeyPair pair;

    private SftpLogin(KeyPair pair) {
        this.pair = pair;
    }

    /**
     * @param privateKey the whole file
     * @param passphrase null if it is open; the library makes a String of it, which stays until it is collected
     * @throws SftpRefusedException if it is no such key, or the passphrase does not open it
     */
    public static SftpLogin of(byte[] privateKey, char @Nullable [] passphrase) throws SftpRefusedException {
        String text = new String(privateKey, ISO_8859_1);
        requirePrivate(text);
        boolean[] isLocked = {false};
        try {
            byte[] readable = privateKey;
            if (LockedPkcs8.isIn(text)) {
                isLocked[0] = true;
                requireAscii(required(passphrase));
                readable = LockedPkcs8.open(text, required(passphrase));
            }
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null,
                    NamedResource.ofName("private key"),
                    new ByteArrayInputStream(readable),
                    (session, resource, retry) -> {
                        isLocked[0] = true;
                        return new String(required(passphrase));
                    });
            Iterator<KeyPair> each = pairs == null ? null : pairs.iterator();
            if (each == null || !each.hasNext()) {
                throw refusal("the private key is in no format that is known: make one by ssh-keygen -t ed25519");
            }
            return new SftpLogin(checked(each.next()));
        } catch (SftpRefusedException e) {
            throw e;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw refusal(
                    isLocked[0]
                            ? "the passphrase does not open the private key, or the key is damaged: try"
                                    + " ssh-keygen -y -f FILE"
                            : "the private key cannot be read (" + e.getClass().getSimpleName()
                                    + "): try ssh-keygen -y -f FILE"); // the cause may hold what was read
        }
    }

    /** Others open PKCS#8 by the passphrase in UTF-8; Java refuses to. */
    private static void requireAscii(char[] passphrase) throws SftpRefusedException {
        for (char each : passphrase) {
            if (each >= 128) {
                throw refusal("the private key is locked in PKCS#8, whose passphrase must be of letters, digits and"
                        + " signs of ASCII here: lock it anew in OpenSSH's format by ssh-keygen -p -f FILE");
            }
        }
    }

    private static void requirePrivate(String text) throws SftpRefusedException {
        if (text.startsWith("PuTTY-User-Key-File")) {
            throw refusal("the private key is PuTTY's: convert it by puttygen FILE -O private-openssh -o NEW");
        }
        if (text.startsWith("ssh-") || text.startsWith("ecdsa-") || text.contains("-----BEGIN PUBLIC KEY")) {
            throw refusal("this is the public half of a key: give the private one, without .pub");
        }
        if (!text.contains("PRIVATE KEY-----")) {
            throw refusal("this is no private key: make one by ssh-keygen -t ed25519");
        }
    }

    private static char[] required(char @Nullable [] passphrase) throws SftpRefusedException {
        if (passphrase == null) {
            throw refusal("the private key is locked: give its passphrase");
        }
        return passphrase;
    }

    private static KeyPair checked(KeyPair pair) throws SftpRefusedException {
        String type = KeyUtils.getKeyType(pair);
        if (!TYPES.contains(type)) {
            throw refusal("the private key is of a kind that servers refuse: make one by ssh-keygen -t ed25519");
        }
        if (pair.getPublic() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA_BITS) {
            throw refusal("the private RSA key has " + rsa.getModulus().bitLength() + " bits, at least "
                    + SHORTEST_RSA_BITS + " are needed: make one by ssh-keygen -t ed25519");
        }
        return pair;
    }

    private static SftpRefusedException refusal(String message) {
        return new SftpRefusedException(Reason.PRIVATE_KEY, message);
    }

    /** For the SSH library. Never to be shown. */
    public KeyPair pair() {
        return pair;
    }

    /** Of the public half, as ssh-keygen -l shows it. */
    public String fingerprint() {
        return SshKey.of(pair.getPublic()).fingerprint();
    }

    @Override
    public String toString() {
        return "SftpLogin[" + fingerprint() + "]";
    }
}

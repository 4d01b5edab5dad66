package org.waybill.remote.ega;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.Base64;
import javax.security.auth.Destroyable;

/** User name and password of an account, for HTTP Basic authentication (RFC 7617). Shows neither. */
public final class EgaLogin implements Destroyable {

    private final String username;
    private final char[] password;
    private boolean destroyed;

    /**
     * @param password copied; the caller may clear its own
     * @throws IllegalArgumentException if the user name holds a colon, which Basic authentication cannot carry
     */
    public EgaLogin(String username, char[] password) {
        if (username.isEmpty() || username.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name of the EGA API must not be empty nor hold a colon");
        }
        this.username = username;
        this.password = password.clone();
    }

    /** The value of the Authorization header. */
    String authorization() {
        if (destroyed) {
            throw new IllegalStateException("the password has been cleared");
        }
        CharBuffer pair = CharBuffer.allocate(username.length() + 1 + password.length);
        pair.put(username).put(':').put(password).flip();
        ByteBuffer encoded = UTF_8.encode(pair);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.duplicate().get(bytes);
        try {
            return "Basic " + Base64.getEncoder().encodeToString(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            encoded.put(new byte[encoded.remaining()]);
            Arrays.fill(pair.array(), '\0');
        }
    }

    @Override
    public void destroy() {
        Arrays.fill(password, '\0');
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "EgaLogin[hidden]";
    }
}

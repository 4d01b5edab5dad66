package org.waybill.remote.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.waybill.remote.sftp.identity.KnownHosts;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpLogin;

/** F13: an SFTP server in this process that speaks well and does ill. */
final class LyingServer implements AutoCloseable {

    /** What it does. */
    enum Lie {
        SAYS_ONE_BYTE_MORE,
        LOSES_A_WRITE,
        LOSES_THE_END,
        CHANGES_A_BIT,
        GIVES_FEWER_BYTES_THAN_ASKED,
        GIVES_NOTHING,
        REFUSES_TO_RENAME,
        PRETENDS_TO_RENAME,
        HAS_NO_SPACE,
        SAYS_FAILURE_WHEN_FULL,
        TAKES_LITTLE_AT_A_TIME,
        OFFERS_NO_HASH,
        OFFERS_NOTHING
    }

    private static final int FULL_AT_BYTES = 200_000;

    private final Set<Lie> lies;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey = newKey();
    private final KeyPair userKey = newKey();

    LyingServer(Lie... lies) throws IOException {
        this.lies = EnumSet.noneOf(Lie.class);
        this.lies.addAll(List.of(lies));
        if (this.lies.contains(Lie.TAKES_LITTLE_AT_A_TIME)) { // two requests, each in several packets
            CoreModuleProperties.WINDOW_SIZE.set(server, 70_000L);
            CoreModuleProperties.MAX_PACKET_SIZE.set(server, 7_000L);
        }
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator((user, key, session) -> key.equals(userKey.getPublic()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory() {
            @Override
            public Command createSubsystem(ChannelSession channel) {
                return new Liar(channel, this);
            }
        }));
        if (tells(Lie.OFFERS_NO_HASH) || tells(Lie.OFFERS_NOTHING)) {
            SftpModuleProperties.CLIENT_EXTENSIONS.set(server, "none"); // empty would be taken for not set
        }
        if (tells(Lie.OFFERS_NOTHING)) {
            SftpModuleProperties.OPENSSH_EXTENSIONS.set(server, "none=1");
        }
        server.start();
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean tells(Lie lie) {
        return lies.contains(lie);
    }

    void stopLying() {
        lies.removeIf(lie -> !lie.name().startsWith("OFFERS"));
    }

    /** Another key from now on. */
    void changeHostKey() {
        server.setKeyPairProvider(KeyPairProvider.wrap(newKey()));
    }

    SftpPartner partner() throws IOException {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(userKey.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        ByteArrayBuffer key = new ByteArrayBuffer();
        key.putRawPublicKey(hostKey.getPublic());
        String line = "[127.0.0.1]:" + server.getPort() + " ssh-rsa "
                + Base64.getEncoder().encodeToString(key.getCompactData());
        return new SftpPartner(
                new SftpAddress("127.0.0.1", server.getPort(), "clinic"),
                SftpLogin.of(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII), null),
                KnownHosts.of(line, "known_hosts"),
                Patience.LONG);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private final class Liar extends SftpSubsystem {

        private boolean wrote;

        Liar(ChannelSession channel, SftpSubsystemFactory factory) {
            super(channel, factory);
        }

        @Override
        protected void doWrite(int id, String handle, long offset, int length, byte[] data, int at, int remaining)
                throws IOException {
            if (tells(Lie.HAS_NO_SPACE) && offset >= FULL_AT_BYTES) {
                throw new SftpException(SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, "full");
            }
            if (tells(Lie.SAYS_FAILURE_WHEN_FULL) && offset >= FULL_AT_BYTES) {
                throw new SftpException(SftpConstants.SSH_FX_FAILURE, "Failure");
            }
            boolean isSecond = wrote;
            wrote = true;
            if (isSecond && tells(Lie.LOSES_A_WRITE) && offset < 100_000) {
                return;
            }
            if (tells(Lie.LOSES_THE_END) && offset >= FULL_AT_BYTES) {
                return;
            }
            if (tells(Lie.CHANGES_A_BIT) && offset == 0) {
                data[at + length / 2] ^= 1;
            }
            super.doWrite(id, handle, offset, length, data, at, remaining);
        }

        @Override
        protected int doRead(
                int id, String handle, long offset, int length, byte[] data, int at, AtomicReference<Boolean> eof)
                throws IOException {
            if (tells(Lie.GIVES_NOTHING)) {
                return 0;
            }
            int given = tells(Lie.GIVES_FEWER_BYTES_THAN_ASKED) ? Math.max(1, length / 3) : length;
            return super.doRead(id, handle, offset, given, data, at, eof);
        }

        @Override
        protected NavigableMap<String, Object> resolveFileAttributes(
                Path file, int flags, boolean neverFollow, LinkOption... options) throws IOException {
            NavigableMap<String, Object> attributes = super.resolveFileAttributes(file, flags, neverFollow, options);
            if (tells(Lie.SAYS_ONE_BYTE_MORE) && attributes.get("size") instanceof Number size) {
                attributes.put("size", size.longValue() + 1);
            }
            return attributes;
        }

        @Override
        protected void doRename(int id, String from, String to, Collection<CopyOption> options) throws IOException {
            if (tells(Lie.REFUSES_TO_RENAME)) {
                throw new AccessDeniedException(from);
            }
            if (!tells(Lie.PRETENDS_TO_RENAME)) {
                super.doRename(id, from, to, options);
            }
        }
    }
}

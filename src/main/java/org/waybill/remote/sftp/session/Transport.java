package org.waybill.remote.sftp.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.jspecify.annotations.Nullable;
import org.waybill.remote.sftp.cipher.SftpCiphers;
import org.waybill.remote.sftp.identity.KnownHosts;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpLogin;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;

/** One connection to a server that proved who it is and let us in. */
final class Transport implements AutoCloseable {

    private static final int KEEP_ALIVES_WITHOUT_ANSWER = 3;
    private static final long WINDOW_BYTES = 4L << 20; // twice the usual: what is on its way at 100 ms and 40 MB/s

    private static final List<NamedFactory<Signature>> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private final SshClient client;
    private final ClientSession session;

    private Transport(SshClient client, ClientSession session) {
        this.client = client;
        this.session = session;
    }

    /**
     * @throws SftpRefusedException if the host key is not trusted, or the login refused
     * @throws IOException if it cannot be reached, or does not answer in time
     */
    static Transport open(SftpAddress address, SftpLogin login, KnownHosts knownHosts, SftpLimits limits)
            throws IOException {
        AtomicReference<@Nullable SftpRefusedException> untrusted = new AtomicReference<>();
        SshClient client = client(address, knownHosts, limits, untrusted);
        boolean opened = false;
        try {
            client.start();
            Transport transport = new Transport(client, session(client, address, login, limits));
            opened = true;
            return transport;
        } catch (IOException | RuntimeException e) {
            SftpRefusedException refusal = untrusted.get();
            if (refusal != null) {
                throw refusal;
            }
            throw e;
        } finally {
            if (!opened) {
                client.close(true);
            }
        }
    }

    private static SshClient client(
            SftpAddress address,
            KnownHosts knownHosts,
            SftpLimits limits,
            AtomicReference<@Nullable SftpRefusedException> untrusted) {
        SshClient client = ClientBuilder.builder()
                .hostConfigEntryResolver(HostConfigEntryResolver.EMPTY) // neither ~/.ssh/config nor its keys
                .serverKeyVerifier(verifier(address, knownHosts, untrusted))
                .build();
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(new UserAuthPublicKeyFactory()));
        client.setCipherFactories(SftpCiphers.all());
        client.setSignatureFactories(signatures(knownHosts.keyTypes(address)));
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, limits.keepAlive());
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, KEEP_ALIVES_WITHOUT_ANSWER);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO); // a rate of 0 may last for hours
        SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(client, limits.connect());
        CoreModuleProperties.WINDOW_SIZE.set(client, WINDOW_BYTES);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
        return client;
    }

    private static ServerKeyVerifier verifier(
            SftpAddress address, KnownHosts knownHosts, AtomicReference<@Nullable SftpRefusedException> untrusted) {
        return (ClientSession session, SocketAddress remote, PublicKey key) -> {
            try {
                knownHosts.check(address, key);
                return true;
            } catch (SftpRefusedException e) {
                untrusted.set(e);
                return false;
            }
        };
    }

    /** Those of the trusted keys first: a server may have a key of another kind too, which would not be known. */
    private static List<NamedFactory<Signature>> signatures(Set<String> trustedTypes) {
        return SIGNATURES.stream()
                .sorted(Comparator.comparing(
                        signature -> !trustedTypes.contains(KeyUtils.getCanonicalKeyType(signature.getName()))))
                .toList();
    }

    private static ClientSession session(SshClient client, SftpAddress address, SftpLogin login, SftpLimits limits)
            throws IOException {
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw new UnknownHostException("no address of that name is known");
        }
        StopCheck stop = limits.stopCheck();
        ConnectFuture connected = client.connect(address.user(), resolved);
        SftpChannel.await(connected, limits.connect(), stop, "no connection came about");
        ClientSession session = connected.verify(1).getSession();
        session.addPublicKeyIdentity(login.pair());
        AuthFuture authenticated = session.auth();
        SftpChannel.await(authenticated, limits.connect().multipliedBy(2), stop, "the server did not let us in");
        try {
            authenticated.verify(1);
        } catch (SshException e) {
            if (isRefusal(e)) {
                throw refusal(address, login, e);
            }
            throw e;
        }
        return session;
    }

    private static boolean isRefusal(SshException fault) {
        return fault.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                || fault.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_ILLEGAL_USER_NAME;
    }

    private static SftpRefusedException refusal(SftpAddress address, SftpLogin login, SshException cause) {
        return new SftpRefusedException(
                Reason.LOGIN,
                address + " does not let user " + address.user() + " in with the key " + login.fingerprint()
                        + ": ask its people to put the public half into the account's authorized_keys, or give the"
                        + " right user and key",
                null,
                cause);
    }

    SftpChannel openChannel(SftpLimits limits) throws IOException {
        try {
            return new SftpChannel(session, limits);
        } catch (IllegalStateException e) { // what the library says of a session that is broken just now
            throw new SshException("the connection broke while a channel was opened", e);
        }
    }

    boolean isOpen() {
        return session.isOpen();
    }

    /** What the server calls itself, such as {@code SSH-2.0-OpenSSH_9.2p1}. */
    String serverVersion() {
        return session.getServerVersion();
    }

    @Override
    public void close() {
        session.close(true);
        client.close(true);
    }
}

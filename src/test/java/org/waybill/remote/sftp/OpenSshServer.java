package org.waybill.remote.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.waybill.ForeignProgram;
import org.waybill.remote.sftp.identity.KnownHosts;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpLogin;

/** A real sshd of our own: its host keys, its configuration, a port of 127.0.0.1; this process's user may log in with one key. */
public final class OpenSshServer implements AutoCloseable {

    private static final Path SSHD =
            Path.of("/usr/sbin/sshd"); // not in everybody's PATH, and it insists on a whole one

    private final Path folder;
    private final int port;
    private Process process;

    private OpenSshServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** @param folder for its keys and its output */
    public static OpenSshServer start(Path folder, String... settings) throws Exception {
        requireInstalled();
        keygen(folder.resolve("host_ed25519"), "-t", "ed25519", "-N", "");
        keygen(folder.resolve("host_rsa"), "-t", "rsa", "-b", "2048", "-N", "");
        keygen(folder.resolve("user"), "-t", "ed25519", "-N", "");
        Files.copy(folder.resolve("user.pub"), folder.resolve("authorized_keys"));
        int port = freePort();
        List<String> lines = new ArrayList<>(List.of(
                "ListenAddress 127.0.0.1",
                "Port " + port,
                "HostKey " + folder.resolve("host_ed25519"),
                "HostKey " + folder.resolve("host_rsa"),
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "MaxStartups 100",
                "Subsystem sftp internal-sftp"));
        lines.addAll(List.of(settings));
        Files.write(folder.resolve("sshd_config"), lines);
        OpenSshServer server = new OpenSshServer(folder, port, launch(folder));
        server.awaitPort();
        return server;
    }

    public static void requireInstalled() throws IOException {
        if (!Files.isExecutable(SSHD)) {
            ForeignProgram.require("sshd", "openssh-server");
        }
        ForeignProgram.require("ssh-keygen", "openssh-client");
        if (isRoot()) {
            Files.createDirectories(Path.of("/run/sshd")); // where it locks its privileges in
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Process launch(Path folder) throws IOException {
        return new ProcessBuilder(
                        SSHD.toString(),
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("sshd.log").toFile()))
                .start();
    }

    private void awaitPort() throws Exception {
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                assertThat(process.isAlive()).as(log()).isTrue();
                Thread.sleep(50);
            }
        }
        throw new AssertionError("sshd does not listen: " + log());
    }

    public static void keygen(Path file, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-C", "test", "-f", file.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    SftpAddress address() {
        return address(port);
    }

    /** The same server behind another port. */
    SftpAddress address(int otherPort) {
        return new SftpAddress("127.0.0.1", otherPort, System.getProperty("user.name"));
    }

    SftpLogin login() throws IOException {
        return SftpLogin.of(Files.readAllBytes(folder.resolve("user")), null);
    }

    public Path userKey() {
        return folder.resolve("user");
    }

    KnownHosts knownHosts() throws IOException {
        return knownHosts("ed25519");
    }

    /** A line of known_hosts for it. */
    public String knownHostsLine() throws IOException {
        return "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host_ed25519.pub"));
    }

    /** For any port of 127.0.0.1. */
    KnownHosts knownHosts(String type) throws IOException {
        String key = Files.readString(folder.resolve("host_" + type + ".pub"));
        return KnownHosts.of("127.0.0.1,[127.0.0.1]:* " + key, "known_hosts");
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("sshd.log"));
    }

    /** Ends it and the connections it has: as after a power failure of the partner. */
    public void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    public void startAgain() throws Exception {
        process = launch(folder);
        awaitPort();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}

package org.waybill.stage.acknowledgement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.waybill.ForeignProgram;

/** A real Apache httpd that shows a folder at {@code /results}, to users with passwords, and logs as we ask servers to. */
final class ApacheServer implements AutoCloseable {

    private static final Path HTTPD = Path.of("/usr/sbin/apache2");
    private static final Path MODULES = Path.of("/usr/lib/apache2/modules");
    private static final String CONFIGURATION = """
            ServerName localhost
            ServerRoot "%1$s"
            DefaultRuntimeDir "%1$s"
            PidFile httpd.pid
            Listen 127.0.0.1:%2$d
            %3$s
            LoadModule mpm_event_module %4$s/mod_mpm_event.so
            LoadModule authn_core_module %4$s/mod_authn_core.so
            LoadModule authn_file_module %4$s/mod_authn_file.so
            LoadModule authz_core_module %4$s/mod_authz_core.so
            LoadModule authz_user_module %4$s/mod_authz_user.so
            LoadModule auth_basic_module %4$s/mod_auth_basic.so
            LoadModule alias_module %4$s/mod_alias.so
            StartServers 1
            ErrorLog error.log
            LogFormat "%%h %%l %%u %%t \\"%%r\\" %%>s %%b %%O %%X %%D \\"%%{Range}i\\" \\"%%{Content-Range}o\\" \\"%%{ETag}o\\" \\"%%{User-Agent}i\\"" proof
            CustomLog "%5$s" proof
            Alias /results "%6$s"
            <Directory "%6$s">
                AuthType Basic
                AuthName results
                AuthUserFile users
                Require valid-user
            </Directory>
            """;

    private final int port;
    private final Path log;
    private final Process process;

    private ApacheServer(int port, Path log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** @param passwords of users */
    static ApacheServer start(Path folder, Path shown, Path log, Map<String, String> passwords) throws Exception {
        if (!Files.isExecutable(HTTPD)) {
            ForeignProgram.require("apache2", "apache2");
        }
        ForeignProgram.require("curl", "curl");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> users = new ArrayList<>();
        for (Map.Entry<String, String> user : passwords.entrySet()) {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(user.getValue().getBytes(UTF_8));
            users.add(user.getKey() + ":{SHA}" + Base64.getEncoder().encodeToString(digest));
        }
        Files.write(folder.resolve("users"), users);
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        Files.writeString(
                folder.resolve("httpd.conf"),
                CONFIGURATION.formatted(
                        folder, port, isRoot ? "User www-data\nGroup www-data" : "", MODULES, log, shown));
        Process process = new ProcessBuilder(
                        HTTPD.toString(),
                        "-D",
                        "FOREGROUND",
                        "-f",
                        folder.resolve("httpd.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        ApacheServer server = new ApacheServer(port, log, process);
        try {
            server.await(() -> curl("-o", "/dev/null", "http://127.0.0.1:" + port + "/") == 0, folder);
        } catch (IOException | InterruptedException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
        return server;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + "/results/" + path;
    }

    /** @return how curl ended */
    static int curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-q", "--silent", "--noproxy", "*"));
        command.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        curl.getOutputStream().close();
        if (!curl.waitFor(60, TimeUnit.SECONDS)) {
            curl.destroyForcibly();
            throw new AssertionError("curl does not end");
        }
        return curl.exitValue();
    }

    /** Waits until the server has logged so many requests; it does so when they have ended. */
    void awaitLines(int lines) throws IOException, InterruptedException {
        await(() -> Files.exists(log) && Files.readAllLines(log).size() >= lines, log);
    }

    /** As logrotate does: another name for the log, and a sign for the server to open a new one. */
    void rotate(Path to) throws IOException, InterruptedException {
        Files.move(log, to);
        new ProcessBuilder("kill", "-USR1", String.valueOf(process.pid()))
                .start()
                .waitFor();
        await(() -> Files.exists(log), log);
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(Condition condition, Path what) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.holds()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("Apache: " + what);
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}

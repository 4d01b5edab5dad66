package org.waybill.remote.sftp.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.waybill.remote.sftp.identity.HostLine.Marker;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;

/**
 * The host keys that are trusted, as OpenSSH keeps them: plain and hashed names, patterns, {@code [host]:port},
 * {@code @revoked}. There is no way to trust another key. Certificates of hosts are not understood, and refused.
 */
public final class KnownHosts {

    private final List<HostLine> lines;
    private final String file;

    private KnownHosts(List<HostLine> lines, String file) {
        this.lines = lines;
        this.file = file;
    }

    /**
     * Reads a file as ssh-keyscan and ssh write it.
     *
     * @throws SftpRefusedException if there is no such file, or a line is not understood: it may be a revocation
     */
    public static KnownHosts read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new SftpRefusedException(
                    Reason.HOST_KEY,
                    "there is no known_hosts file " + file + ": write the partner's host key into it, as ssh-keyscan"
                            + " shows it and the partner confirms it");
        }
        return of(Files.readString(file, UTF_8), file.toString());
    }

    /** @param file to be named in messages */
    public static KnownHosts of(String text, String file) throws SftpRefusedException {
        List<HostLine> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                lines.add(parse(number, line, file));
            }
        }
        return new KnownHosts(List.copyOf(lines), file);
    }

    private static HostLine parse(int number, String line, String file) throws SftpRefusedException {
        try {
            return HostLine.parse(number, line);
        } catch (IllegalArgumentException e) {
            throw new SftpRefusedException(
                    Reason.HOST_KEY,
                    "line " + number + " of " + file + " is no line of known_hosts (" + e.getMessage()
                            + "): mend or remove it",
                    null,
                    e);
        }
    }

    /** The types of the keys that are trusted for this host, such as {@code ssh-ed25519}: the ones to ask it for. */
    public Set<String> keyTypes(SftpAddress address) {
        return of(address, Marker.NONE).stream().map(line -> line.key().type()).collect(Collectors.toSet());
    }

    /** @throws SftpRefusedException unless this very key is trusted for this host; says what to do */
    public void check(SftpAddress address, PublicKey shown) throws SftpRefusedException {
        SshKey key = SshKey.of(shown);
        if (of(address, Marker.REVOKED).stream().anyMatch(line -> line.key().equals(key))) {
            throw refusal(address + " showed a host key that " + file + " says is revoked (" + key
                    + "): connect to it no more before its people say why");
        }
        List<HostLine> trusted = of(address, Marker.NONE);
        if (trusted.stream().noneMatch(line -> line.key().equals(key))) {
            throw refusal(trusted.isEmpty() ? unknown(address, key) : changed(address, key, trusted));
        }
    }

    private String unknown(SftpAddress address, SshKey key) {
        String certificates = of(address, Marker.CERT_AUTHORITY).isEmpty()
                ? ""
                : " (there is a @cert-authority for it, but certificates of hosts are not supported)";
        return file + " does not know " + address + certificates + ". It showed " + key
                + ". Have its people read you their fingerprint over the telephone; if it is the same, add the line"
                + " that this prints: " + scan(address, key);
    }

    private String changed(SftpAddress address, SshKey key, List<HostLine> trusted) {
        String expected = trusted.stream()
                .map(line -> line.key() + " in line " + line.number())
                .collect(Collectors.joining(" or "));
        return "the host key of " + address + " is not the trusted one: " + file + " has " + expected
                + ", it showed " + key + ". Somebody may be in between. Ask its people over the telephone whether they"
                + " changed it and for its fingerprint; only if it is this one, put in place of that line what this"
                + " prints: " + scan(address, key);
    }

    private static String scan(SftpAddress address, SshKey key) {
        return "ssh-keyscan -p " + address.port() + " -t " + key.scanType() + " " + address.host();
    }

    private List<HostLine> of(SftpAddress address, Marker marker) {
        return lines.stream()
                .filter(line -> line.marker() == marker && line.isFor(address))
                .toList();
    }

    private static SftpRefusedException refusal(String message) {
        return new SftpRefusedException(Reason.HOST_KEY, message);
    }

    @Override
    public String toString() {
        return file;
    }
}

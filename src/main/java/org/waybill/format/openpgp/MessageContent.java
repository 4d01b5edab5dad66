package org.waybill.format.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.waybill.format.MalformedInputException;
import org.waybill.format.openpgp.packet.Decompression;
import org.waybill.format.openpgp.packet.LiteralData;
import org.waybill.format.openpgp.packet.OpenPgpFormat;
import org.waybill.format.openpgp.packet.Packet;
import org.waybill.format.openpgp.packet.PacketReader;
import org.waybill.format.openpgp.packet.SourceBytes;

/**
 * What was inside the encrypted data (section 10.3, "OpenPGP Messages"): compressed and signed layers around exactly one
 * literal. Its end was reached when every layer ended where it must.
 */
final class MessageContent implements AutoCloseable {

    private static final int MAX_SIGNATURE_BYTES = 65_536; // GnuPG's have a few hundred
    private static final int MAX_PASSED_BY_BYTES = 65_536; // of markers, padding and the like

    /** A signature, and its packet if that came before the data. */
    private record Signed(SignatureCheck check, Optional<byte[]> packet) {}

    private final SourceBytes source;
    private final OpenPgpLimits limits;
    private final OpenPgpSigners signers;
    private final Deque<PacketReader> readers = new ArrayDeque<>(); // the innermost first
    private final Deque<InputStream> decompressions = new ArrayDeque<>();
    private final Deque<Signed> signatures = new ArrayDeque<>(); // the innermost first: it comes first after the data
    private final LiteralData literal;
    private SignatureOutcome outcome = new SignatureOutcome.None();
    private int layers;

    /** Reads up to the first byte of the literal. */
    MessageContent(InputStream decrypted, SourceBytes source, OpenPgpLimits limits, OpenPgpSigners signers)
            throws IOException {
        this.source = source;
        this.limits = limits;
        this.signers = signers;
        readers.push(new PacketReader(decrypted, source));
        try {
            this.literal = LiteralData.of(findLiteral(), source, this::update);
        } catch (IOException | MalformedInputException e) {
            close();
            throw e;
        }
    }

    private Packet findLiteral() throws IOException {
        while (true) {
            Packet packet = readers.element()
                    .next()
                    .orElseThrow(() -> source.malformed("the message holds no data: no literal is in it"));
            switch (packet.tag()) {
                case OpenPgpFormat.LITERAL -> {
                    return packet;
                }
                case OpenPgpFormat.COMPRESSED -> {
                    addLayer();
                    InputStream decompressed = Decompression.of(packet, source);
                    decompressions.push(decompressed);
                    readers.push(new PacketReader(decompressed, source));
                }
                case OpenPgpFormat.ONE_PASS_SIGNATURE -> {
                    addLayer();
                    byte[] bytes = packet.toBytes(MAX_SIGNATURE_BYTES);
                    signatures.push(new Signed(SignatureCheck.announced(bytes, signers, source), Optional.empty()));
                }
                case OpenPgpFormat.SIGNATURE -> {
                    addLayer();
                    byte[] bytes = packet.toBytes(MAX_SIGNATURE_BYTES);
                    signatures.push(
                            new Signed(SignatureCheck.standingBefore(bytes, signers, source), Optional.of(bytes)));
                }
                default -> passBy(packet);
            }
        }
    }

    private void addLayer() {
        layers++;
        limits.checkLayers(layers, source.offset());
    }

    /** Section 4.3: markers, padding, and what is unknown and says that it does not matter. */
    private void passBy(Packet packet) throws IOException {
        if (packet.tag() != OpenPgpFormat.MARKER
                && packet.tag() != OpenPgpFormat.PADDING
                && packet.tag() < OpenPgpFormat.FIRST_NOT_CRITICAL) {
            throw source.malformed(
                    "inside the encrypted data stands " + packet.description() + ", which is not allowed");
        }
        packet.toBytes(MAX_PASSED_BY_BYTES);
    }

    private void update(byte[] bytes, int from, int count) {
        signatures.forEach(signed -> signed.check().update(bytes, from, count));
    }

    /** Reads data; -1 when every layer has ended, and the encrypted data with them. */
    int read(byte[] out, int from, int length) throws IOException {
        int count = literal.read(out, from, length);
        if (count < 0) {
            finish();
        }
        return count;
    }

    private void finish() throws IOException {
        while (!readers.isEmpty()) {
            Optional<Packet> packet = readers.element().next();
            if (packet.isEmpty()) {
                readers.pop();
            } else if (packet.get().tag() == OpenPgpFormat.SIGNATURE) {
                finishSignature(packet.get());
            } else {
                passBy(packet.get());
            }
        }
        for (Signed signed : signatures) {
            byte[] packet = signed.packet().orElseThrow(() -> source.malformed("an announced signature is missing"));
            outcome = outcome.and(signed.check().finish(packet, source));
        }
        signatures.clear();
    }

    private void finishSignature(Packet packet) throws IOException {
        byte[] bytes = packet.toBytes(MAX_SIGNATURE_BYTES);
        if (signatures.isEmpty() || signatures.element().packet().isPresent()) {
            throw source.malformed("a signature that was not announced");
        }
        outcome = outcome.and(signatures.pop().check().finish(bytes, source));
    }

    /** Complete when the end was reached. */
    SignatureOutcome signature() {
        return outcome;
    }

    /** Frees the memory of the decompressors. */
    @Override
    public void close() throws IOException {
        while (!decompressions.isEmpty()) {
            decompressions.pop().close();
        }
    }
}

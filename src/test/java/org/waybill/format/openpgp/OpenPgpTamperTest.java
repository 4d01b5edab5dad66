package org.waybill.format.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.MalformedInputException;
import org.waybill.format.Mutation;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.openpgp.Messages.Outcome;
import org.waybill.format.openpgp.Messages.Owner;

/** No damaged message is read to its end with other bytes than were encrypted; every damage is told as the input's fault. */
class OpenPgpTamperTest {

    private static final int MUTANTS = 10_000;
    private static final Owner OWNER = Messages.curveOwner();
    private static final byte[] SMALL = Messages.content(300, 1);
    private static final byte[] LARGE = Messages.content(150_000, 2);
    private static OpenPgpKeys keys;

    @BeforeAll
    static void open() throws IOException {
        keys = OWNER.keys();
    }

    @AfterAll
    static void close() {
        keys.close();
    }

    /** Seeded: a mutant that fails can be made again. */
    @Test
    void acceptsNoneOfTenThousandMutants() {
        Random random = new Random(20_261_121);
        List<byte[]> messages = messages(SMALL);
        List<byte[]> large = messages(LARGE);
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            boolean isLarge = i % 20 == 0;
            byte[] message = (isLarge ? large : messages).get(random.nextInt(messages.size()));
            byte[] mutant = Mutation.any(random).apply(message, random);

            Outcome outcome = Messages.outcome(mutant, keys);

            if (outcome.fault() == null) {
                assertThat(outcome.plaintext().toByteArray()).as("mutant %d", i).isEqualTo(isLarge ? LARGE : SMALL);
            } else {
                assertThat(outcome.fault().offset()).as("mutant %d", i).isBetween(0L, (long) mutant.length);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(MUTANTS * 9 / 10);
    }

    @Test
    void acceptsNoMessageWithAByteFlippedButWithTheSameContent() {
        for (byte[] message : messages(SMALL)) {
            for (int i = 0; i < message.length; i++) {
                byte[] flipped = message.clone();
                flipped[i] ^= (byte) (1 << i % Byte.SIZE);

                Outcome outcome = Messages.outcome(flipped, keys);

                assertThat(outcome.fault() != null
                                || Arrays.equals(outcome.plaintext().toByteArray(), SMALL))
                        .as("byte %d", i)
                        .isTrue();
            }
        }
    }

    @Test
    void acceptsNoCut() {
        for (byte[] message : messages(SMALL)) {
            boolean armoured = message[0] == '-';
            for (int length = 0; length < message.length - (armoured ? 1 : 0); length++) {
                Outcome outcome = Messages.outcome(Arrays.copyOf(message, length), keys);

                if (armoured && outcome.fault() == null) { // a line end after the last line
                    assertThat(length).isGreaterThan(message.length - 3);
                } else if (!armoured) {
                    assertThat(outcome.fault()).as("cut at %d", length).isInstanceOf(TruncatedInputException.class);
                    assertThat(outcome.fault())
                            .extracting(MalformedInputException::offset)
                            .isEqualTo((long) length);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 22, 1_000})
    void refusesBytesAfterTheEnd(int extra) {
        for (byte[] message : messages(SMALL)) {
            for (byte filler : new byte[] {0, 'x', (byte) 0xCA}) {
                byte[] longer = Arrays.copyOf(message, message.length + extra);
                Arrays.fill(longer, message.length, longer.length, filler);

                assertThat(Messages.outcome(longer, keys).fault()).isNotNull();
            }
            assertThat(Messages.outcome(Messages.join(message, message), keys).fault())
                    .isNotNull();
        }
    }

    @Test
    void refusesAWrongOrMissingModificationDetectionCode() {
        byte[] message = Messages.message(LARGE).byPassword().bytes();
        for (int fromEnd : new int[] {1, 19, 20, 21, 22, 23, 60_000}) {
            byte[] flipped = message.clone();
            flipped[message.length - fromEnd] ^= 1;

            assertThat(Messages.outcome(flipped, keys).fault()).isInstanceOf(AuthenticationFailedException.class);
        }
    }

    /** The last tag alone tells how many chunks there were. */
    @Test
    void refusesAWrongLastTag() {
        for (boolean draft : new boolean[] {true, false}) {
            byte[] message = Messages.message(LARGE)
                    .aead(AEADAlgorithmTags.OCB, draft, 10)
                    .byPassword()
                    .bytes();
            for (int fromEnd : new int[] {1, 16}) {
                byte[] flipped = message.clone();
                flipped[message.length - fromEnd] ^= 1;

                assertThat(Messages.outcome(flipped, keys).fault())
                        .isInstanceOf(AuthenticationFailedException.class)
                        .hasMessageContaining("last tag");
            }
        }
    }

    /** CFB lets whoever knows a part of the content write another there; only the code at the end tells. */
    @Test
    void refusesContentThatWasExchangedByItsKnownPlaintext() {
        byte[] message =
                Messages.message("pay 100".getBytes(US_ASCII)).byPassword().bytes();
        byte[] forged = message.clone();
        int at = message.length - 22 - 3;
        forged[at] ^= (byte) ('1' ^ '9');

        Outcome outcome = Messages.outcome(forged, keys);

        assertThat(outcome.fault()).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void refusesAuthenticChunksThatWereRemovedSwappedOrDoubled() {
        int chunk = (1 << 12) + 16;
        byte[] content = Messages.content(70_000, 4);
        for (boolean draft : new boolean[] {true, false}) {
            byte[] message = Messages.message(content)
                    .aead(AEADAlgorithmTags.OCB, draft, 12)
                    .byPassword()
                    .bytes();
            int esk = 2 + message[1]; // the first packet, its length in one byte
            int start = esk + 6 + (draft ? 4 + 15 : 4 + 32);
            byte[] head = Arrays.copyOf(message, start);
            byte[] first = Arrays.copyOfRange(message, start, start + chunk);
            byte[] second = Arrays.copyOfRange(message, start + chunk, start + 2 * chunk);
            byte[] rest = Arrays.copyOfRange(message, start + 2 * chunk, message.length);
            byte[] finalTag = Arrays.copyOfRange(message, message.length - 16, message.length);

            assertThat(refuses(esk, head, first, second, rest)).isNull();
            assertThat(refuses(esk, head, second, first, rest)).isInstanceOf(AuthenticationFailedException.class);
            assertThat(refuses(esk, head, first, rest)).isInstanceOf(AuthenticationFailedException.class);
            assertThat(refuses(esk, head, first, first, second, rest))
                    .isInstanceOf(AuthenticationFailedException.class);
            assertThat(refuses(esk, head, first, second, finalTag)).isInstanceOf(MalformedInputException.class);
            assertThat(refuses(esk, head, first, second)).isInstanceOf(MalformedInputException.class);
        }
    }

    /** The fault of a message put together of these parts, with the length of its second packet made right. */
    private static @Nullable MalformedInputException refuses(int lengthAt, byte[]... parts) {
        byte[] message = Messages.join(parts);
        message[lengthAt + 1] = (byte) 0xFF;
        ByteBuffer.wrap(message).putInt(lengthAt + 2, message.length - lengthAt - 6);
        return Messages.outcome(message, keys).fault();
    }

    private static List<byte[]> messages(byte[] content) {
        return List.of(
                Messages.message(content).to(OWNER).bytes(),
                Messages.message(content)
                        .cipher(SymmetricKeyAlgorithmTags.CAST5)
                        .compressed(Messages.ZIP)
                        .to(OWNER)
                        .bytes(),
                Messages.message(content)
                        .compressed(Messages.ZLIB)
                        .signedBy(OWNER)
                        .inPieces(512)
                        .to(OWNER)
                        .bytes(),
                Messages.message(content)
                        .compressed(Messages.BZIP2)
                        .byPassword()
                        .bytes(),
                Messages.message(content).byPassword().to(OWNER).armoured().bytes(),
                Messages.message(content)
                        .aead(AEADAlgorithmTags.OCB, true, 10)
                        .to(OWNER)
                        .bytes(),
                Messages.message(content)
                        .aead(AEADAlgorithmTags.GCM, false, 10)
                        .inPieces(512)
                        .byPassword()
                        .bytes());
    }
}

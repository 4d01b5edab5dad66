/**
 * OpenPGP (RFC 9580, RFC 4880), reading only: an encrypted message and secret keys or passwords in, plaintext out. The shape
 * of messages stands in {@link org.waybill.format.openpgp.packet}, the ciphers in {@link
 * org.waybill.format.openpgp.cipher}; Bouncy Castle opens keys and session keys and verifies signatures.
 *
 * <ol>
 *   <li>{@link org.waybill.format.openpgp.OpenPgpKeys} reads and unlocks key files. If this fails: {@link
 *       org.waybill.format.openpgp.OpenPgpKeyException} names the file and what to do.
 *   <li>{@link org.waybill.format.openpgp.OpenPgpInputStream} collects the packets that hold the session key and opens one.
 *       If none opens: {@link org.waybill.format.WrongKeyException} with the keys that the message is for.
 *   <li>The data must be protected by MDC or AEAD. If they are not: {@link org.waybill.format.MalformedInputException}.
 *   <li>Compressed and signed layers are taken off. If there are too many, or too much comes out: {@link
 *       org.waybill.format.openpgp.TooMuchOutputException}. If they are damaged: {@code MalformedInputException}.
 *   <li>Signatures are verified if their keys were given. A bad one does not stop the reading: {@link
 *       org.waybill.format.openpgp.SignatureOutcome} tells, and the caller decides.
 *   <li>At the end the protection must hold, every layer be complete, and nothing follow. If not: {@link
 *       org.waybill.format.AuthenticationFailedException}, {@link org.waybill.format.TruncatedInputException} or {@code
 *       MalformedInputException}, never an end of the stream.
 * </ol>
 *
 * <p>Not guaranteed: that plaintext read before the end is right (MDC proves the whole, not its parts); that the message is
 * from whom it says, unless it is signed and the signature was good; that the secret numbers of keys leave the memory when
 * they are closed.
 */
@NullMarked
package org.waybill.format.openpgp;

import org.jspecify.annotations.NullMarked;

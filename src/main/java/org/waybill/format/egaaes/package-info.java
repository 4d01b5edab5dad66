/**
 * EGA's AES files, {@code .cip}: encrypted bytes and a password in, plaintext out, and back. The wire format stands in
 * {@link org.waybill.format.egaaes.EgaAesFormat}.
 *
 * <ol>
 *   <li>{@link org.waybill.format.egaaes.EgaAesKey} derives the key of the password, once per run.
 *   <li>The stream takes the first 16 bytes as the initial counter. If there are fewer: {@link
 *       org.waybill.format.TruncatedInputException}.
 *   <li>All that follows is decrypted. This can not fail.
 * </ol>
 *
 * <p>Not guaranteed: anything of the plaintext. The format has no magic and no authentication: a wrong password, a
 * changed byte and a cut file give other bytes, and no error. Only a declared length and digest of the plaintext tell,
 * so a {@code .cip} file without them is not to be accepted.
 */
@NullMarked
package org.waybill.format.egaaes;

import org.jspecify.annotations.NullMarked;

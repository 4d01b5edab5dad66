/**
 * Files of Crypt4GH keys: a file and perhaps a passphrase in, a key out, and back. The format is that of <a
 * href="https://crypt4gh.readthedocs.io/en/latest/keys.html">the Python tool</a>, which the others share.
 *
 * <ol>
 *   <li>The content is recognised, whatever the label says: Crypt4GH's own, 32 raw bytes, X25519 in PKCS#8 or SPKI, or
 *       OpenSSH's Ed25519, which is made an X25519 key as the Python tool makes it.
 *       If it is none of these: {@link org.waybill.format.crypt4gh.keyfile.KeyFileException.UnusableKey} says what it is
 *       instead and what to do. 32 raw bytes without a label are never
 *       taken for a public one: a file encrypted for a mistake is lost.
 *   <li>A locked key is unlocked: scrypt, bcrypt or PBKDF2, whose rounds are bounded before anything is derived. If this
 *       fails: {@code PassphraseNeeded} or {@code WrongPassphrase}.
 *   <li>Writing creates a file and never replaces one. If there is one: {@link
 *       java.nio.file.FileAlreadyExistsException}. If writing fails, the new file is removed.
 * </ol>
 *
 * <p>Not guaranteed: that nobody else may read a key file that others made (the reader of routes looks at that);
 * that the library of bcrypt clears what it derives from a passphrase; OpenSSH keys locked by other ciphers than AES in
 * counter or block chaining mode: those are refused.
 */
@NullMarked
package org.waybill.format.crypt4gh.keyfile;

import org.jspecify.annotations.NullMarked;

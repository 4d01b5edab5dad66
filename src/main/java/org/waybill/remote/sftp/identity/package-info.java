/**
 * Who a partner's SFTP server is and who we are there.
 *
 * <p>In: an address, a known_hosts file, a private key. Out: whether a host key is the trusted one; a key pair for logging in.
 *
 * <ol>
 *   <li>A known_hosts line that is not understood refuses the whole file: it may be a revocation.
 *   <li>A host key is compared byte by byte with those of the lines for this host and port. Unknown, changed or revoked: refused, with
 *       the fingerprint that was shown and what to do. There is no switch.
 *   <li>A private key is opened at once, so that a wrong passphrase shows before anything is connected.
 * </ol>
 *
 * <p>Not guaranteed: that nobody else reads the key's file, which whoever reads it must look at; that the passphrase leaves memory.
 */
@NullMarked
package org.waybill.remote.sftp.identity;

import org.jspecify.annotations.NullMarked;

/**
 * The ciphers that we offer to servers, the fastest of this machine first.
 *
 * <p>Not guaranteed: that BoringSSL is there; then the JDK does the same.
 */
@NullMarked
package org.waybill.remote.sftp.cipher;

import org.jspecify.annotations.NullMarked;

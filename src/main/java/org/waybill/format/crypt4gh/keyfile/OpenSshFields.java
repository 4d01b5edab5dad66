package org.waybill.format.crypt4gh.keyfile;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The fields that OpenSSH's keys are made of (RFC 4251, section 5): numbers of 4 bytes, big-endian, and strings with such
 * a number, their length in bytes, before them. Every method throws {@link BufferUnderflowException} behind the end.
 */
final class OpenSshFields {

    private final ByteBuffer rest;

    /** @param bytes not copied */
    OpenSshFields(byte[] bytes) {
        this.rest = ByteBuffer.wrap(bytes);
    }

    /** Goes over bytes that say nothing. */
    void skip(int bytes) {
        if (bytes > rest.remaining()) {
            throw new BufferUnderflowException();
        }
        rest.position(rest.position() + bytes);
    }

    /** A number from 0; one beyond 2^31 is negative. */
    int number() {
        return rest.getInt();
    }

    byte[] string() {
        int length = rest.getInt();
        if (length < 0 || length > rest.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        rest.get(bytes);
        return bytes;
    }

    String text() {
        return new String(string(), StandardCharsets.US_ASCII);
    }
}

#!/usr/bin/python3
"""Decrypts a Crypt4GH file: crypt4gh_read.py SECRET_KEY_FILE < encrypted > plain

Written from https://samtools.github.io/hts-specs/crypt4gh.pdf and the key format's description alone, on libsodium
(Debian: python3-nacl), to judge files that other code wrote. Holds the file in memory. The passphrase of the key is
taken from C4GH_PASSPHRASE. Any fault of the input ends it with status 1, a reason, and no output.
"""
import base64
import hashlib
import os
import struct
import sys

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

SEGMENT = 65536
OVERHEAD = 12 + 16


def opened(key, sealed):
    """The plaintext of nonce, ciphertext and MAC; None if it is not authentic."""
    try:
        return sodium.crypto_aead_chacha20poly1305_ietf_decrypt(sealed[12:], None, sealed[:12], key)
    except CryptoError:
        return None


def secret_key(path):
    with open(path, encoding="ascii") as file:
        body = base64.b64decode("".join(line.strip() for line in file if not line.startswith("-----")), validate=True)
    assert body.startswith(b"c4gh-v1"), "not a c4gh-v1 key"
    fields, at = [], 7
    while at < len(body):
        (length,) = struct.unpack_from(">H", body, at)
        fields.append(body[at + 2 : at + 2 + length])
        at += 2 + length
    if fields[0] == b"none":
        assert fields[1] == b"none", "unknown cipher"
        return fields[2]
    assert fields[0] == b"scrypt" and fields[2] == b"chacha20_poly1305", "unknown kdf or cipher"
    passphrase = os.environb[b"C4GH_PASSPHRASE"]
    key = hashlib.scrypt(passphrase, salt=fields[1][4:], n=1 << 14, r=8, p=1, dklen=32)
    secret = opened(key, fields[3])
    assert secret is not None, "wrong passphrase"
    return secret


def header(data, secret):
    """The data keys, the edit list or None, and where the header ends."""
    assert data[:8] == b"crypt4gh" and data[8:12] == b"\1\0\0\0", "not Crypt4GH 1"
    public = sodium.crypto_scalarmult_base(secret)
    keys, edits, at = [], [], 16
    for _ in range(struct.unpack_from("<I", data, 12)[0]):
        length, method = struct.unpack_from("<II", data, at)
        packet, at = data[at + 8 : at + length], at + length
        assert at <= len(data), "cut header"
        writer = packet[:32]
        shared = hashlib.blake2b(sodium.crypto_scalarmult(secret, writer) + public + writer).digest()[:32]
        payload = opened(shared, packet[32:]) if method == 0 else None
        if payload is None:
            continue
        kind, number = struct.unpack_from("<II", payload)
        assert kind in (0, 1), "unknown packet"
        if kind == 0:
            assert number == 0 and len(payload) >= 40, "unknown data encryption"
            keys.append(payload[8:40])
        else:
            edits.append(struct.unpack_from("<%dQ" % number, payload, 8))
    assert keys, "no data key for this secret key"
    assert len(edits) <= 1, "two edit lists"
    return keys, edits[0] if edits else None, at


def body(data, keys):
    plain = []
    for at in range(0, len(data), SEGMENT + OVERHEAD):
        segment = data[at : at + SEGMENT + OVERHEAD]
        assert len(segment) >= OVERHEAD, "trailing bytes"
        found = next((p for p in (opened(key, segment) for key in keys) if p is not None), None)
        assert found is not None, "segment at %d is not authentic" % at
        plain.append(found)
    return b"".join(plain)


def edited(plain, lengths):
    if not lengths:
        return plain
    out, at, rest = b"", 0, list(lengths)
    while rest:
        at += rest.pop(0)
        keep = rest.pop(0) if rest else len(plain)
        out += plain[at : at + keep]
        at += keep
    return out


if __name__ == "__main__":
    try:
        encrypted = sys.stdin.buffer.read()
        data_keys, edit_list, start = header(encrypted, secret_key(sys.argv[1]))
        sys.stdout.buffer.write(edited(body(encrypted[start:], data_keys), edit_list))
    except (AssertionError, struct.error, ValueError) as fault:
        sys.exit("crypt4gh_read: %s" % fault)

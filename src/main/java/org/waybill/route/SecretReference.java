package org.waybill.route;

import java.nio.file.Path;

/** Where a secret is to be had. A route holds references, never secrets; nothing of this prints the secret. */
public sealed interface SecretReference {

    /** {@code env:NAME}: the value of an environment variable. */
    record Environment(String name) implements SecretReference {
        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /** {@code file:PATH}: the first line of a file that only its owner can read. */
    record InFile(Path path) implements SecretReference {
        @Override
        public String toString() {
            return "file:" + path;
        }
    }
}

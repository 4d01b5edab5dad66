package org.waybill.format.openpgp;

import java.util.Arrays;
import java.util.Random;

/** The ways in which files are damaged on disks and lines. */
enum Mutation {
    FLIP_BIT {
        @Override
        byte[] apply(byte[] file, Random random) {
            byte[] mutant = file.clone();
            mutant[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return mutant;
        }
    },
    CUT {
        @Override
        byte[] apply(byte[] file, Random random) {
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    },
    APPEND {
        @Override
        byte[] apply(byte[] file, Random random) {
            byte[] extra = new byte[1 + random.nextInt(200)];
            random.nextBytes(extra);
            return splice(file, file.length, file.length, extra);
        }
    },
    ZERO_TAIL {
        @Override
        byte[] apply(byte[] file, Random random) {
            byte[] mutant = file.clone();
            Arrays.fill(mutant, random.nextInt(file.length), file.length, (byte) 0);
            return mutant;
        }
    },
    DELETE {
        @Override
        byte[] apply(byte[] file, Random random) {
            int from = random.nextInt(file.length);
            return splice(file, from, Math.min(file.length, from + 1 + random.nextInt(200)), new byte[0]);
        }
    },
    DOUBLE {
        @Override
        byte[] apply(byte[] file, Random random) {
            int from = random.nextInt(file.length);
            int to = Math.min(file.length, from + 1 + random.nextInt(200));
            return splice(file, to, to, Arrays.copyOfRange(file, from, to));
        }
    },
    OVERWRITE {
        @Override
        byte[] apply(byte[] file, Random random) {
            int from = random.nextInt(file.length);
            byte[] noise = new byte[Math.min(file.length - from, 1 + random.nextInt(64))];
            random.nextBytes(noise);
            return splice(file, from, from + noise.length, noise);
        }
    };

    abstract byte[] apply(byte[] file, Random random);

    static Mutation any(Random random) {
        return values()[random.nextInt(values().length)];
    }

    private static byte[] splice(byte[] file, int from, int to, byte[] replacement) {
        byte[] mutant = new byte[from + replacement.length + file.length - to];
        System.arraycopy(file, 0, mutant, 0, from);
        System.arraycopy(replacement, 0, mutant, from, replacement.length);
        System.arraycopy(file, to, mutant, from + replacement.length, file.length - to);
        return mutant;
    }
}

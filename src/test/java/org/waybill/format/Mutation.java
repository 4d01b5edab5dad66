package org.waybill.format;

import java.util.Arrays;
import java.util.Random;

/** The ways in which files are damaged on disks and lines. */
public enum Mutation {
    FLIP_BIT {
        @Override
        public byte[] apply(byte[] file, Random random) {
            byte[] mutant = file.clone();
            mutant[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            return mutant;
        }
    },
    CUT {
        @Override
        public byte[] apply(byte[] file, Random random) {
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    },
    APPEND {
        @Override
        public byte[] apply(byte[] file, Random random) {
            byte[] extra = new byte[1 + random.nextInt(200)];
            random.nextBytes(extra);
            return splice(file, file.length, file.length, extra);
        }
    },
    ZERO_TAIL {
        @Override
        public byte[] apply(byte[] file, Random random) {
            byte[] mutant = file.clone();
            Arrays.fill(mutant, random.nextInt(file.length), file.length, (byte) 0);
            return mutant;
        }
    },
    DELETE {
        @Override
        public byte[] apply(byte[] file, Random random) {
            int from = random.nextInt(file.length);
            return splice(file, from, Math.min(file.length, from + 1 + random.nextInt(200)), new byte[0]);
        }
    },
    DOUBLE {
        @Override
        public byte[] apply(byte[] file, Random random) {
            int from = random.nextInt(file.length);
            int to = Math.min(file.length, from + 1 + random.nextInt(200));
            return splice(file, to, to, Arrays.copyOfRange(file, from, to));
        }
    },
    OVERWRITE {
        @Override
        public byte[] apply(byte[] file, Random random) {
            int from = random.nextInt(file.length);
            byte[] noise = new byte[Math.min(file.length - from, 1 + random.nextInt(64))];
            random.nextBytes(noise);
            return splice(file, from, from + noise.length, noise);
        }
    };

    public abstract byte[] apply(byte[] file, Random random);

    public static Mutation any(Random random) {
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

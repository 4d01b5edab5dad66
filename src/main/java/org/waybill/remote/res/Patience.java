package org.waybill.remote.res;

import java.time.Duration;

/**
 * How long to wait for the service and how often to ask it.
 *
 * @param connect for a connection
 * @param answer for the head of an answer, and again for its first byte
 * @param idle for each further byte
 * @param attempts to get the first byte of one file, 1 or more
 * @param firstPause before the second attempt; doubled before each further one
 * @param longestPause the bound of these pauses, and of the one that the service may ask for
 */
public record Patience(
        Duration connect, Duration answer, Duration idle, int attempts, Duration firstPause, Duration longestPause) {

    /** Gives up after about two minutes of pauses. */
    public static final Patience USUAL = new Patience(
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            6,
            Duration.ofSeconds(4),
            Duration.ofMinutes(2));

    /** Waits; a test passes one that does not. */
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** @throws IllegalArgumentException if the attempts are none */
    public Patience {
        if (attempts < 1) {
            throw new IllegalArgumentException("at least one attempt");
        }
    }

    /** The pause after that attempt, from 1. */
    Duration pauseAfter(int attempt) {
        Duration pause = firstPause;
        for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}

package org.waybill.remote.ega;

import java.time.Duration;

/**
 * How long to wait for a server and how often to ask it.
 *
 * @param connect for a connection
 * @param answer for one whole answer, its body included
 * @param attempts for one page, 1 or more
 * @param firstPause before the second attempt; doubled before each further one
 * @param longestPause the bound of these pauses, and of the one that a server may ask for
 */
public record Patience(Duration connect, Duration answer, int attempts, Duration firstPause, Duration longestPause) {

    /** Gives up after about two minutes of pauses. */
    public static final Patience USUAL = new Patience(
            Duration.ofSeconds(20), Duration.ofMinutes(10), 6, Duration.ofSeconds(4), Duration.ofMinutes(2));

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

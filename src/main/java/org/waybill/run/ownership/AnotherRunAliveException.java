package org.waybill.run.ownership;

/** Another process works on the same stage of the same route. */
public final class AnotherRunAliveException extends RuntimeException {

    AnotherRunAliveException(String route, String stage, String holder) {
        super("refused: another run of %s.%s is alive (%s); wait for its end, or look at it with: waybill runs list"
                .formatted(route, stage, holder));
    }
}

package org.waybill.run.ownership;

/** This run was replaced while it was frozen or cut off: it may neither commit nor publish any more. */
public final class FencedException extends RuntimeException {

    FencedException(String route, String stage, long held, long current) {
        super("run %s.%s was replaced: it holds fencing number %d, the present owner holds %d"
                .formatted(route, stage, held, current));
    }
}

package org.waybill.stage;

import org.waybill.route.Route;
import org.waybill.storage.WorkingFolders;

/** The working folders of a route. */
public final class RouteFolders {

    private RouteFolders() {}

    public static WorkingFolders of(Route route) {
        return new WorkingFolders(route.incoming(), route.archive());
    }
}

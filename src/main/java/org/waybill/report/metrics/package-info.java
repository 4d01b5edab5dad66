/**
 * Numbers for Prometheus. In: a route. Out: a file for the textfile collector of its node_exporter.
 *
 * <ol>
 *   <li>{@link org.waybill.report.metrics.Measurements} asks the database, all on the same snapshot. If that fails, no file is
 *       written, and the one that is there stays.
 *   <li>{@link org.waybill.report.metrics.MetricsFile} replaces the file whole. If that fails, likewise.
 * </ol>
 *
 * <p>Labels are the route, stages, states, reason codes, outcomes and names of tables: there are only so many of each. No file, no
 * dataset and no run is in them. Moments are seconds since 1970, so that an age grows while nobody writes; a moment that has not come
 * yet has no series.
 *
 * <p>Not guaranteed: that the file is on disk after a power cut; the next run writes it again. Of two runs that end in the same moment,
 * either may write last.
 */
@NullMarked
package org.waybill.report.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * Intake: manifests in, datasets and EXPECTED files out.
 *
 * <ol>
 *   <li>If one dataset is asked for and the route names the EGA API, its file list is fetched into the manifests folder. If
 *       the server does not give a whole one, the run fails and nothing was taken.
 *   <li>Each file of the manifests folder is one manifest. One that was dealt with before, by name and content, is passed
 *       over; one that changed less than the route's quiet time ago, by our own clock, is left for a later run.
 *   <li>Its rows are read chunk by chunk into a table of their own. A bad row becomes a reject with line and fault. If the
 *       manifest cannot be read to its end, or changes meanwhile, nothing of it is taken, and that is recorded.
 *   <li>All rows of a manifest are admitted in one transaction. If it declares a dataset that is known already, nothing of it
 *       is taken, and that is recorded.
 * </ol>
 *
 * <p>Manifests stay where they are, and are never changed. Not guaranteed: that a manifest is true.
 */
@NullMarked
package org.waybill.stage.intake;

import org.jspecify.annotations.NullMarked;

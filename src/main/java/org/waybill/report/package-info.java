/**
 * The report: what happened in a time, and what needed a person at its end. Reads only.
 *
 * <p>In comes a {@link org.waybill.report.Period}; out goes a {@link org.waybill.report.Report}. {@link org.waybill.report.TextReport},
 * {@link org.waybill.report.CsvReport} and {@link org.waybill.report.html} put it into words.
 *
 * <ol>
 *   <li>Each file in {@code sql/report} is run as it stands, all of them on the same snapshot. If one fails, there is no report.
 *   <li>{@code MissingRuns} compares the schedules that runs have recorded with the runs that began.
 *   <li>The rows are judged: one sentence, and for each thing that needs a person the command to paste.
 *   <li>The report is signed with the SHA-256 of what it says. If the time is not over, or a run that began in it has not ended, the
 *       report says that it may still change.
 * </ol>
 *
 * <p>A past time is told as it was at its end. So queries read what is only ever added: events of files and of deliveries, first
 * outcomes of runs and the receipts that they found, manifests that were dealt with, configurations. What is known only of now, such as
 * files in incoming folders, is in no report of a past time.
 *
 * <p>A query is one SQL file: its first line is {@code -- title}, then comments say how to run it in psql and what each parameter
 * means. Parameters are written {@code cast(:since as timestamptz)}. Here that is a named parameter; in psql it is a variable whose
 * value is put there as it is, so that any expression does: {@code psql -v since="now() - interval '1 day'"}. To add a query, write the
 * file over the views that {@code sql/migration} declares stable, and add its name to {@code ReportQuery}. In the result a column's
 * name says how it is shown: {@code bytes} in IEC units, {@code seconds} as a duration.
 *
 * <p>{@link org.waybill.report.TextTable} and {@link org.waybill.report.Quantity} are how all lists look, here and on the command
 * line.
 *
 * <p>Not guaranteed: that clocks are right. An event belongs to the time at which the machine that did it said it was. Nor that another
 * version of this program makes the same bytes of the same night.
 */
@NullMarked
package org.waybill.report;

import org.jspecify.annotations.NullMarked;

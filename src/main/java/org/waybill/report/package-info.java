/**
 * The report: what happened in a time, and what needs a person now. Reads only.
 *
 * <p>In comes a time; out goes a {@link org.waybill.report.Report}, and {@link org.waybill.report.TextReport} makes a page of it.
 *
 * <ol>
 *   <li>Each file in {@code sql/report} is run as it stands, all of them on the same snapshot. If one fails, there is no report.
 *   <li>Their rows are judged: one sentence, and for each thing that needs a person the command to paste.
 * </ol>
 *
 * <p>A query is one SQL file: its first line is {@code -- title}, then comments say how to run it in psql and what each parameter
 * means. Parameters are written {@code cast(:since as timestamptz)}. Here that is a named parameter; in psql it is a variable whose
 * value is put there as it is, so that any expression does: {@code psql -v since="now() - interval '1 day'"}. To add a query, write the
 * file and add its name to {@code ReportQuery}. In the result a column's name says how it is shown: {@code bytes} in IEC units,
 * {@code seconds} as a duration.
 *
 * <p>{@link org.waybill.report.TextTable} and {@link org.waybill.report.Quantity} are how all lists look, here and on the command
 * line.
 *
 * <p>Not guaranteed: that states and quarantine are those of the end of the time. They are those of now; only runs, moves and
 * manifests are of the time.
 */
@NullMarked
package org.waybill.report;

import org.jspecify.annotations.NullMarked;

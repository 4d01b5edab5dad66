/**
 * The ledger as a person reads it: filters in, lists and whole waybills out. Changes nothing.
 *
 * <ol>
 *   <li>{@link org.waybill.ledger.listing.FileListing} lists files, and what lies in incoming folders that nobody expects. A
 *       filter that fits nothing gives an empty list.
 *   <li>{@link org.waybill.ledger.listing.FileListing#named} turns what a person types into files: an id, a path or a name. If it fits
 *       several files, all of them are given, and the person chooses.
 *   <li>{@link org.waybill.ledger.listing.FileSheets} gives all that is known of one file.
 *   <li>{@link org.waybill.ledger.listing.DatasetListing} does the same for datasets.
 * </ol>
 *
 * <p>The components of the records are the keys of the JSON documents that the command line prints, so their names and order are
 * an interface.
 *
 * <p>Not guaranteed: that a list and a waybill read one after the other show the same moment.
 */
@NullMarked
package org.waybill.ledger.listing;

import org.jspecify.annotations.NullMarked;

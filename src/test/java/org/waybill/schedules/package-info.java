/** What lies in {@code schedules/} is what the programs there that it is for can read, and says what Waybill's interfaces say. */
@org.jspecify.annotations.NullMarked
package org.waybill.schedules;

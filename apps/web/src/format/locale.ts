/**
 * How dates, numbers and names are written. English comes in several of these; the academy's is
 * British: day before month, 24 hours.
 */
export const FORMAT_LOCALE = "en-GB";

/**
 * What Lectern writes, it marks as such. A record with this mark is read back exactly as it stands;
 * without it, it is read as one from another system, with all that is done against dirt. It stands
 * beside the record, so that part of an export can be kept, and hand-written records can do without.
 */
export const EXACT_FORMAT = "lectern/1";

/** Everything that staff can be allowed to do. Roles will be sets of these. */
export const PERMISSIONS = [
  "courses.read",
  "courses.write",
  "courses.publish",
  "runs.read",
  "runs.write",
  "enquiries.read",
  "enquiries.write",
  "articles.write",
  "catalogue.import",
  "catalogue.export",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

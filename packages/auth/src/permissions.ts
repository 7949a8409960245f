/** Everything that staff can be allowed to do. Roles will be sets of these. */
export const PERMISSIONS = [
  "courses.read",
  "courses.write",
  "courses.publish",
  "runs.read",
  "runs.write",
  "bookings.read",
  "bookings.write",
  "payments.write",
  "discounts.read",
  "discounts.write",
  "enquiries.read",
  "enquiries.write",
  "articles.write",
  "catalogue.import",
  "catalogue.export",
  "jobs.read",
  "jobs.write",
  "mail.read",
  "audit.read",
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/**
 * What can be allowed, and where it can hold. A permission that holds everywhere needs no scope; one
 * that lists scopes can also be held for a country (of the venue), for an organisation (its bookings,
 * people and private runs), or for the runs that somebody teaches.
 */
const SCOPES_OF = {
  "courses.read": [],
  "courses.write": [],
  "courses.publish": [],
  "runs.read": ["country", "own_runs"],
  "runs.write": ["country"],
  /** Who comes to a run: less than the bookings behind it say. */
  "runs.roster": ["country", "own_runs"],
  /** To write to everybody who comes. */
  "runs.message": ["country", "own_runs"],
  /** To mark who was there. */
  "attendance.write": ["country", "own_runs"],
  "bookings.read.any": ["country", "organisation"],
  "bookings.make.any": ["country", "organisation"],
  "bookings.change.any": ["country", "organisation"],
  "bookings.cancel.any": ["country", "organisation"],
  /** To decide for the academy: waive a fee, seat somebody past the queue, join them to it. */
  "bookings.decide": ["country"],
  "payments.write": [],
  "discounts.read": [],
  "discounts.write": [],
  "enquiries.read": [],
  "enquiries.write": [],
  "articles.write": [],
  "catalogue.import": [],
  "catalogue.export": [],
  /** Sums without names: by the country of the venue. Those of enquiries are of no country. */
  "reports.read": ["country"],
  "jobs.read": [],
  "jobs.write": [],
  "mail.read": [],
  "audit.read": [],
  "people.read": [],
  /** To invite, suspend and restore people. */
  "people.write": [],
  "people.merge": [],
  "roles.write": [],
  "organisations.read": ["organisation"],
  "organisations.write": ["organisation"],
  "organisations.create": [],
  /** To invite and remove the people of an organisation, and give them their roles in it. */
  "organisations.members": ["organisation"],
  "tokens.write": [],
  "identity.write": [],
  "keys.rotate": [],
  "privacy.write": [],
  /** What holds for the academy as a whole, such as its time zone. */
  "settings.write": [],
} as const satisfies Record<string, readonly ScopeKind[]>;

/** What a permission can be held for, short of everything. */
export type ScopeKind = "country" | "organisation" | "own_runs";

export type Permission = keyof typeof SCOPES_OF;

/** @returns whether it is the name of a permission of this release */
export function isPermission(name: unknown): name is Permission {
  return typeof name === "string" && Object.hasOwn(SCOPES_OF, name);
}

/** Everything that can be allowed. */
export const PERMISSIONS: readonly Permission[] = Object.keys(SCOPES_OF).filter(isPermission);

/** @returns what the permission can be held for, short of everything */
export function scopesOf(permission: Permission): readonly ScopeKind[] {
  return SCOPES_OF[permission];
}

import type { AuditEntry } from "@lectern/contract/audit";

/** Pages of records, whose addresses end in an id. */
const PAGES: Readonly<Record<string, string>> = {
  article: "/office/articles/",
  course: "/office/courses/",
  discount_code: "/office/discounts?code=",
  enquiry: "/office/enquiries/",
  identity_provider: "/office/settings/sign-in?provider=",
  mail: "/office/settings/mail?mail=",
  organisation: "/office/organisations/",
  person: "/office/people/",
  run: "/office/runs/",
  venue: "/office/settings/venues/",
};

/** Pages of what there is one of. */
const ALONE: Readonly<Record<string, string>> = {
  academy: "/office/settings/academy",
  key_rotation: "/office/settings/keys",
  privacy_request: "/office/settings/privacy",
};

/** They have no name, and stay. */
const NAMELESS: ReadonlySet<string> = new Set(["enquiry", "mail"]);

/** @returns where what an entry is about stands, as long as it is there; `undefined` where there is no page */
export function entryHref({
  entity,
  entityId,
  named,
}: Pick<AuditEntry, "entity" | "entityId" | "named">): string | undefined {
  const alone = ALONE[entity];
  if (alone !== undefined) return alone;
  if (named === null && !NAMELESS.has(entity)) return undefined;
  // Bookings stand by their references.
  if (entity === "booking" || entity === "registration") return `/office/bookings/${named ?? ""}`;
  const page = PAGES[entity];
  return page === undefined ? undefined : page + entityId;
}

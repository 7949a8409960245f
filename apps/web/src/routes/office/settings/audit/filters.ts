import { Id } from "@lectern/contract/primitives";
import { ACTOR_KINDS } from "@lectern/contract/vocabulary";
import { z } from "zod";
import {
  type FiltersOf,
  dayFilter,
  oneFilter,
  textFilter,
} from "../../../../office/address-filters.ts";

/** What entries are about, by what is asked for most. */
export const AUDITED = [
  "booking",
  "registration",
  "run",
  "session",
  "waitlist_entry",
  "allocation",
  "payment",
  "course",
  "article",
  "discount_code",
  "enquiry",
  "quote",
  "person",
  "role_assignment",
  "invitation",
  "organisation",
  "organisation_domain",
  "instructor",
  "venue",
  "room",
  "mail",
  "job",
  "academy",
  "key_rotation",
  "privacy_request",
  "identity_provider",
  "external_identity",
  "api_token",
  "passkey",
  "device_grant",
  "calendar_feed",
  "one_time_token",
] as const;
type Audited = (typeof AUDITED)[number];

/** @returns whether there is a word for it: the log is older than this page */
export function isAudited(entity: string): entity is Audited {
  return AUDITED.some((known) => known === entity);
}

export const AUDIT_FILTERS = z.object({
  action: textFilter(100),
  entity: oneFilter(z.enum(AUDITED)),
  id: oneFilter(Id),
  kind: oneFilter(z.enum(ACTOR_KINDS)),
  actor: textFilter(300),
  from: dayFilter(),
  to: dayFilter(),
});
type AuditFilters = FiltersOf<typeof AUDIT_FILTERS>;

const ACTION = /^[a-z_]+(?:\.[a-z_]*)?$/u;

/** @returns the begin of an action as somebody typed it, `Run reschedule`: `run.reschedule`; `undefined` for none */
export function actionOf(typed: string | undefined): string | undefined {
  const [entity = "", ...verb] = (typed ?? "")
    .trim()
    .toLowerCase()
    .split(/[\s.]+/u);
  const action = verb.length === 0 ? entity : `${entity}.${verb.join("_")}`;
  return ACTION.test(action) ? action : undefined;
}

/** @returns when a day begins on the reader's clock, so many days later */
function beginOf(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** @returns what is asked for */
export function inputOf(filters: AuditFilters) {
  const { entity, id, kind, actor, from, to } = filters;
  return {
    action: actionOf(filters.action) ?? null,
    entity: entity ?? null,
    entityId: id ?? null,
    actorKind: kind ?? null,
    actorId: actor ?? null,
    from: from === undefined ? null : beginOf(from),
    // The day itself counts.
    to: to === undefined ? null : beginOf(to, 1),
  };
}

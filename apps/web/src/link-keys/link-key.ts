/**
 * Links that open something for whoever has them, such as a place in a waiting list. The key stands after
 * the `#`, which browsers never send: `/waitlist#<id>.<key>`.
 */

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** The page that each kind of link opens, and what stands in it before the key. */
const LINKS = {
  waitlist: { path: "/waitlist", id: UUID },
  /** With the version of the claim: a new link makes the old one worthless. */
  claim: { path: "/claim", id: `${UUID}\\.[1-9]\\d{0,5}` },
  /** Of a place, with the version of its claim: who had it before comes no more. */
  join: { path: "/join", id: `${UUID}\\.[1-9]\\d{0,5}` },
  /** A booking's reference. */
  approval: { path: "/approve", id: "[A-Za-z0-9-]{8,16}" },
  quote: { path: "/quote", id: UUID },
  verify_email: { path: "/account/verify", id: UUID },
  reset_password: { path: "/account/reset-password", id: UUID },
  change_email: { path: "/account/change-email", id: UUID },
  invitation: { path: "/account/invitation", id: UUID },
  first_administrator: { path: "/account/first-administrator", id: UUID },
} as const;

export type LinkKind = keyof typeof LINKS;

/** What a link opens, and with which key. */
export interface OpenedLink {
  readonly id: string;
  readonly key: string;
}

/** @returns what a link opens, read as a whole or from its `#` on; `undefined` when it is none of that kind */
export function linkIn(kind: LinkKind, text: string): OpenedLink | undefined {
  const pattern = new RegExp(`(?:^|#)(?<id>${LINKS[kind].id})\\.(?<key>[A-Za-z0-9_-]{43})$`, "u");
  const { id, key } = pattern.exec(text.trim())?.groups ?? {};
  return id === undefined || key === undefined ? undefined : { id, key };
}

/** @returns the address that opens something for whoever has it; the key is not part of any request */
export function linkTo(origin: string, kind: LinkKind, { id, key }: OpenedLink): string {
  return `${origin}${LINKS[kind].path}#${id}.${key}`;
}

/** @returns what shows that somebody has a place, as the contract wants it */
export function seatOf({ id, key }: OpenedLink) {
  const { registrationId, claimVersion } = claimOf({ id, key });
  return { registrationId, claimVersion, joinKey: key };
}

/** @returns registration and version of a claim's link, as the contract wants them */
export function claimOf({ id, key }: OpenedLink) {
  const [registrationId = "", version] = id.split(".");
  return { registrationId, claimVersion: Number(version), claimKey: key };
}

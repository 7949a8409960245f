import { Id } from "@lectern/contract/primitives";
import { z } from "zod";
import { withoutMarks } from "../keys-in-mails.ts";
import type { AboutAccount, AboutLink, MailContent } from "../letters/facts.ts";
import { isTimeZone } from "../letters/speech.ts";
import { type LinkedKind, accountLink, contactLink, oneTimeLink } from "../links.ts";
import {
  type PersonRow,
  type TokenRow,
  findNewestSession,
  findOrganisation,
  findPerson,
  findPersonByEmail,
  findPrivacyRequest,
  findSurvivor,
  findToken,
} from "./account-rows.ts";
import { reasonOf } from "./facts-of.ts";
import { type Gather, type Gathering, type MailDraft, linksFor } from "./mail-draft.ts";
import { partlyHidden, plainClient, plainName } from "./plain-text.ts";

/** Somebody who can be written to: nobody is there any more once erased, or merged into another. */
async function readPerson({ db }: Gathering, id: string): Promise<PersonRow | undefined> {
  const found = await findPerson(db, id);
  return found?.erasedAt === null && found.mergedIntoId === null ? found : undefined;
}

/** A token that is still good, for what its link does. */
async function readToken<Kind extends LinkedKind>(
  { db, now }: Gathering,
  id: string,
  kind: Kind,
): Promise<(TokenRow & { readonly kind: Kind }) | undefined> {
  const found = await findToken(db, id);
  if (found?.kind !== kind || found.usedAt !== null || found.expiresAt <= now) return undefined;
  return { ...found, kind };
}

/** @returns what a letter calls somebody: by their address where no name is left */
function account(name: string, email: string): AboutAccount {
  const plain = plainName(name);
  const address = withoutMarks(email);
  return { name: plain === "" ? address : plain, email: address };
}

function zoneOf(zone: string | null | undefined): string {
  return zone != null && isTimeZone(zone) ? zone : "UTC";
}

/** @param email where it goes to, if that is not the account's address */
function draftFor(owner: PersonRow, content: MailContent, email = owner.email): MailDraft {
  return { content, to: { name: plainName(owner.name), email }, language: owner.language };
}

function linkFacts(
  gathering: Gathering,
  token: TokenRow & { readonly kind: LinkedKind },
  owner: Pick<PersonRow, "name" | "timeZone" | "language">,
  email: string,
): AboutLink {
  return {
    ...account(owner.name, email),
    url: oneTimeLink(linksFor(gathering, owner.language), token),
    expiresAt: token.expiresAt,
    zone: zoneOf(owner.timeZone),
  };
}

/** What somebody told who signs up: there is no account yet. */
const SigningUp = z.object({
  name: z.string(),
  language: z.string().nullish(),
  timeZone: z.string().nullish(),
});

/**
 * To the address that somebody signs up with. If that has an account, its owner is told of it instead:
 * whoever signed up gets to know nothing.
 */
export const verificationAsked: Gather = async (gathering, id) => {
  const token = await readToken(gathering, id, "verify_email");
  const told = SigningUp.safeParse(token?.data).data;
  if (token === undefined || token.email === null || told === undefined) return [];
  const existing = await findPersonByEmail(gathering.db, token.email);
  if (existing !== undefined) return alreadyRegistered(gathering, existing.id, {});
  const { name, timeZone = null } = told;
  const language = told.language ?? "en";
  const facts = linkFacts(gathering, token, { name, timeZone, language }, token.email);
  return [
    {
      content: { kind: "verify_email", facts },
      to: { name: plainName(name), email: token.email },
      language,
    },
  ];
};

/** To the account of the address that was asked for, if there is one that may sign in. */
export const passwordReset: Gather = async (gathering, id) => {
  const token = await readToken(gathering, id, "reset_password");
  if (token === undefined || token.email === null) return [];
  const found = await findPersonByEmail(gathering.db, token.email);
  const owner = found && (await readPerson(gathering, found.id));
  if (owner === undefined || owner.suspendedAt !== null) return [];
  return [
    draftFor(owner, {
      kind: "reset_password",
      facts: linkFacts(gathering, token, owner, owner.email),
    }),
  ];
};

/** To the new address; nothing where that is somebody else's. */
export const emailChangeAsked: Gather = async (gathering, id) => {
  const token = await readToken(gathering, id, "change_email");
  if (token === undefined || token.personId === null || token.email === null) return [];
  const owner = await readPerson(gathering, token.personId);
  const holder = await findPersonByEmail(gathering.db, token.email);
  if (owner === undefined || (holder !== undefined && holder.id !== owner.id)) return [];
  const facts = linkFacts(gathering, token, owner, token.email);
  return [draftFor(owner, { kind: "email_change_asked", facts }, token.email)];
};

export const alreadyRegistered: Gather = async (gathering, id) => {
  const owner = await readPerson(gathering, id);
  if (owner === undefined) return [];
  const links = linksFor(gathering, owner.language);
  const facts = {
    ...account(owner.name, owner.email),
    signInUrl: accountLink(links, "signIn"),
    resetUrl: accountLink(links, "forgottenPassword"),
  };
  return [draftFor(owner, { kind: "already_registered", facts })];
};

/** What is said of somebody who should see to it that they alone get in. */
async function readSecurity(gathering: Gathering, id: string) {
  const owner = await readPerson(gathering, id);
  if (owner === undefined) return undefined;
  const links = linksFor(gathering, owner.language);
  const securityUrl = accountLink(links, "security");
  return { owner, links, facts: { ...account(owner.name, owner.email), securityUrl } };
}

export const passwordChanged: Gather = async (gathering, id) => {
  const found = await readSecurity(gathering, id);
  if (found === undefined) return [];
  const resetUrl = accountLink(found.links, "forgottenPassword");
  const facts = { ...found.facts, resetUrl };
  return [draftFor(found.owner, { kind: "password_changed", facts })];
};

export const factorsChanged: Gather = async (gathering, id) => {
  const found = await readSecurity(gathering, id);
  if (found === undefined) return [];
  return [draftFor(found.owner, { kind: "factors_changed", facts: found.facts })];
};

/** To the address that was given up, whose reader may not be the one who did it. */
export const emailChanged: Gather = async (gathering, id, { to }) => {
  const found = await readSecurity(gathering, id);
  if (found === undefined || to === undefined) return [];
  const { owner } = found;
  const facts = {
    ...found.facts,
    ...account(owner.name, to.email),
    newEmail: partlyHidden(owner.email),
    contactUrl: contactLink(found.links),
  };
  return [draftFor(owner, { kind: "email_changed", facts }, to.email)];
};

export const signedIn: Gather = async (gathering, id) => {
  const found = await readSecurity(gathering, id);
  if (found === undefined) return [];
  const newest = await findNewestSession(gathering.db, id);
  if (newest === undefined) return [];
  const { owner } = found;
  const facts = {
    ...found.facts,
    at: newest.createdAt,
    zone: zoneOf(owner?.timeZone),
    client: newest.client === null ? null : plainClient(newest.client),
    address: newest.address === null ? null : plainName(newest.address),
  };
  return [draftFor(owner, { kind: "new_sign_in", facts })];
};

/** What was written down with an invitation. It is sent without what is missing, or of another shape. */
const Invited = z.object({
  name: z.string().catch(""),
  organisationId: Id.nullable().catch(null),
  inviterId: Id.nullable().catch(null),
  language: z.string().nullable().catch(null),
});

/** Whoever is invited may have an account, with a language and a zone of its own. */
export const invited: Gather = async (gathering, id) => {
  const token = await readToken(gathering, id, "invitation");
  if (token === undefined || token.email === null) return [];
  const { db } = gathering;
  const { data, personId, email, expiresAt } = token;
  const owner = personId === null ? undefined : await readPerson(gathering, personId);
  if (personId !== null && owner === undefined) return [];
  const read = Invited.safeParse(data).data;
  const organisationId = read?.organisationId ?? null;
  const inviterId = read?.inviterId ?? null;
  // An account's own language is known to be theirs; the other is what the inviter reads, or took them to.
  const language = owner?.language ?? read?.language ?? "en";
  const organisation = organisationId === null ? null : await findOrganisation(db, organisationId);
  const inviter = inviterId === null ? null : await readPerson(gathering, inviterId);
  const facts = {
    ...account(read?.name ?? "", email),
    inviter: inviter ? plainName(inviter.name) : null,
    organisation: organisation ? plainName(organisation.name) : null,
    url: oneTimeLink(linksFor(gathering, language), token),
    expiresAt,
    zone: zoneOf(owner?.timeZone),
  };
  return [
    {
      content: { kind: "invitation", facts },
      to: { name: plainName(read?.name ?? ""), email },
      language,
    },
  ];
};

export const accountSuspended: Gather = async (gathering, id) => {
  const owner = await readPerson(gathering, id);
  if (owner === undefined || owner.suspendedAt === null) return [];
  const facts = {
    ...account(owner.name, owner.email),
    reason: reasonOf(owner.suspendedReason),
    contactUrl: contactLink(linksFor(gathering, owner.language)),
  };
  return [draftFor(owner, { kind: "account_suspended", facts })];
};

export const accountsMerged: Gather = async (gathering, id) => {
  const away = await findPerson(gathering.db, id);
  if (away?.erasedAt !== null || away.mergedIntoId === null) return [];
  const owner = await findSurvivor(gathering.db, id);
  if (owner?.erasedAt !== null) return [];
  const facts = {
    ...account(owner.name, owner.email),
    otherEmail: partlyHidden(away.email),
    contactUrl: contactLink(linksFor(gathering, owner.language)),
  };
  return [draftFor(owner, { kind: "accounts_merged", facts })];
};

export const exportReady: Gather = async (gathering, id) => {
  const request = await findPrivacyRequest(gathering.db, id);
  if (request?.kind !== "export" || request.state !== "done" || !request.hasArchive) return [];
  const { archiveUntil: until, personId } = request;
  const found = await readSecurity(gathering, personId);
  if (found === undefined || until === null || until <= gathering.now) return [];
  const url = accountLink(found.links, "privacy");
  const facts = { ...found.facts, url, until, zone: zoneOf(found.owner.timeZone) };
  return [draftFor(found.owner, { kind: "export_ready", facts })];
};

export const erasureAsked: Gather = async (gathering, id) => {
  const request = await findPrivacyRequest(gathering.db, id);
  if (request?.kind !== "erasure" || request.state !== "waiting") return [];
  const { dueAt, personId } = request;
  const found = await readSecurity(gathering, personId);
  if (found === undefined) return [];
  const url = accountLink(found.links, "privacy");
  const facts = { ...found.facts, url, dueAt, zone: zoneOf(found.owner.timeZone) };
  return [draftFor(found.owner, { kind: "erasure_asked", facts })];
};

export const erasureDone: Gather = async (gathering, id, { to }) => {
  const request = await findPrivacyRequest(gathering.db, id);
  if (request?.kind !== "erasure" || request.state !== "done" || to === undefined) return [];
  // What is left of them: not who they were.
  const erased = await findPerson(gathering.db, request.personId);
  const language = erased?.language ?? "en";
  const contactUrl = contactLink(linksFor(gathering, language));
  return [
    {
      content: { kind: "erasure_done", facts: { contactUrl } },
      to: { ...to, name: plainName(to.name) },
      language,
    },
  ];
};

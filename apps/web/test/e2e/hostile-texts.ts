import { newIdempotencyKey } from "@lectern/client";
import type { AccountHolder } from "./accounts.ts";
import type { OwnAcademy } from "./own-academy.ts";

/** Texts that want to be more than text, and an academy in which every field is one. */

/** What a script that ran would call, and what an element that was made would load. */
export const RAN = "zq";
export const PROBE = "/zq-probe";

/** Pieces of HTML, of templates and of addresses, each of which says where it stood. */
const PIECES: readonly ((field: string) => string)[] = [
  (field) => `"'><script>zq("${field}")</script>`,
  (field) => `<img src=/zq-probe onerror=zq("${field}")>`,
  (field) => `<svg onload=zq("${field}")>`,
  (field) => `{{zq("${field}")}}\${zq("${field}")}`,
  (field) => `<a href="javascript:zq('${field}')">x</a>`,
  (field) => `</script></style></title></textarea><script>zq("${field}")</script>`,
  (field) => `<iframe srcdoc="<script>parent.zq('${field}')</script>"></iframe>`,
  (field) => `{{constructor.constructor('zq("${field}")')()}}<%=zq("${field}")%>#{zq("${field}")}`,
  () => `<base href=//evil.example><meta http-equiv=refresh content="0;url=//evil.example">`,
  () => `<form action=//evil.example><input autofocus onfocus=zq(1)><details open ontoggle=zq(1)>`,
  (field) => `&lt;script&gt;zq("${field}")&lt;/script&gt;&#60;img src=/zq-probe&#62;`,
  () => `<link rel=stylesheet href=/zq-probe><style>@import "/zq-probe"</style>`,
  (field) => `--><script>zq("${field}")</script><!-- ]]> \\u003cscript>`,
];

/** @returns as much hostile text of one line as a field takes */
export function hostile(field: string, max: number): string {
  let text = `${field}:`;
  for (const piece of PIECES) {
    const next = `${text} ${piece(field)}`;
    if (next.length <= max) text = next;
  }
  return text;
}

/** Markdown in which links, images, HTML and code want to be more than that. */
export function hostileMarkdown(field: string): string {
  const call = `zq('${field}')`;
  return [
    `${field} begins`,
    `[one](javascript:${call}) [two](JaVaScRiPt:${call}) [three](&#106;avascript:${call})`,
    `[four](java&Tab;script:${call}) [five](\u0001javascript:${call.replace("'", "")}) <javascript:${call}>`,
    `[six](data:text/html,<script>${call}</script>) [seven](vbscript:${call}) [eight](//evil.example) [nine](/\\evil.example)`,
    `[ten]: javascript:${call}`,
    `[ten] ![eleven](/zq-probe "x\\" onerror=${call}") ![twelve](javascript:${call})`,
    `<script>${call}</script> <img src=/zq-probe onerror=${call}> <svg onload=${call}>`,
    `<div>\n<script>${call}</script>\n</div>`,
    `<iframe src="javascript:parent.${call}"></iframe>`,
    `<a href="javascript:${call}" onclick="${call}">thirteen</a>`,
    `\`<img src=/zq-probe onerror=${call}>\``,
    `    <script>${call}</script>`,
    `\`\`\`html"><script>${call}</script>\n</code></pre><script>${call}</script>\n\`\`\``,
    `# <script>${call}</script> heading`,
    `> - 1. [quote](javascript:${call})`,
    `| a |\n|---|\n| <img src=/zq-probe onerror=${call}> |`,
    `https://example.com/"onmouseover=${call}// <https://example.com/?"><script>${call}</script>>`,
    `${field} ends`,
  ]
    .map((part) => part.replaceAll("\u0001", ""))
    .join("\n\n");
}

/** A page, and the texts that stand on it as text. */
export interface HostilePage {
  readonly path: string;
  readonly shows: readonly string[];
}

export interface HostileAcademy {
  /** By what they are. */
  readonly pages: Readonly<Record<string, HostilePage>>;
  readonly holder: AccountHolder & { readonly id: string };
  /** What stands on the pages of whoever signs in. */
  readonly account: Readonly<Record<string, HostilePage>>;
}

const PASSWORD = "copper lantern under the stairs";
const DAY_MS = 86_400_000;

function key(): { idempotencyKey: string } {
  return { idempotencyKey: newIdempotencyKey() };
}

function emailOf(name: string): string {
  return `${name}-${newIdempotencyKey().slice(0, 12).toLowerCase()}@example.com`;
}

/** Fills an academy with hostile text. */
export async function fillWithHostility(academy: OwnAcademy): Promise<HostileAcademy> {
  const texts = await plantCatalogue(academy);
  const run = await plantRun(academy, texts.courseId);
  const article = await plantArticle(academy);
  const booked = await book(academy, run.id);
  const company = await plantCompany(academy);
  const { account, holder, more } = await plantAccount(academy, company);
  const { course } = texts;
  const dates = [course.title, run.venue.name];
  return {
    holder,
    account,
    pages: {
      "the first page": { path: "/", shows: [course.title] },
      "the catalogue": {
        path: "/courses?topic=hostile-topic",
        shows: [course.title, course.summary, course.topic],
      },
      "the course": {
        path: `/courses/${course.slug}`,
        shows: [
          course.title,
          course.summary,
          course.outcome,
          course.prerequisite,
          course.module,
          course.moduleTopic,
          run.venue.name,
          run.venue.city,
          "body begins",
          "body ends",
        ],
      },
      "the course in another language": {
        path: `/courses/${course.slug}?language=nb`,
        shows: [course.title],
      },
      "the dates": { path: "/upcoming", shows: [course.title, run.venue.city] },
      "the articles": { path: "/articles", shows: [article.title, article.summary] },
      "the article": {
        path: `/articles/${article.slug}`,
        shows: [article.title, article.author, "article begins", "article ends"],
      },
      "a question about the course": {
        path: `/contact?kind=course&course=${course.slug}`,
        shows: [course.title],
      },
      "a date to book": {
        path: `/book/${run.id}`,
        shows: [...dates, run.venue.street, run.instructor],
      },
      ...booked(dates),
      ...more,
    },
  };
}

async function plantCatalogue({ staff, visitor }: OwnAcademy) {
  const slug = "hostile-course";
  const course = {
    slug,
    title: hostile("title", 300),
    summary: hostile("summary", 1000),
    outcome: hostile("outcome", 500),
    prerequisite: hostile("prerequisite", 500),
    module: hostile("module", 200),
    moduleTopic: hostile("moduletopic", 300),
    topic: hostile("topic", 100),
  };
  const record = {
    externalId: hostile("externalid", 500),
    sourceUrl: `https://example.com/?q="'><script>zq("source")</script>`,
    code: "HOST-1",
    slug,
    title: course.title,
    summary: course.summary,
    body: hostileMarkdown("body"),
    contentLanguage: "en",
    level: "beginner" as const,
    durationDays: 1,
    prerequisites: [course.prerequisite],
    outcomes: [course.outcome],
    syllabus: [{ title: course.module, topics: [course.moduleTopic] }],
    keywords: [hostile("keyword", 100)],
    deliveryModes: ["classroom" as const],
    languages: ["en"],
    topics: [{ slug: "hostile-topic", name: course.topic }],
    related: [],
    translations: [
      {
        language: "nb",
        title: hostile("nbtitle", 300),
        summary: hostile("nbsummary", 1000),
        body: hostileMarkdown("nbbody"),
      },
    ],
    status: "published" as const,
  };
  const { outcomes } = await staff.courses.import.mutate({ records: [record] });
  if (outcomes[0]?.result !== "created") throw new Error(JSON.stringify(outcomes));
  const { id } = await visitor.courses.bySlug.query({ slug });
  return { course, courseId: id, externalId: record.externalId };
}

async function plantRun({ staff, query }: OwnAcademy, courseId: string) {
  const venue = {
    name: hostile("venue", 200),
    street: hostile("street", 300),
    city: hostile("city", 100),
  };
  const instructor = hostile("instructor", 200);
  const [venueId, roomId, instructorId] = [0, 1, 2].map(() => crypto.randomUUID());
  await query(
    `INSERT INTO venue (id, name, street, city, country, time_zone) VALUES ($1, $2, $3, $4, 'NO', 'Europe/Oslo')`,
    venueId,
    venue.name,
    venue.street,
    venue.city,
  );
  await query(
    `INSERT INTO room (id, venue_id, kind, name, capacity) VALUES ($1, $2, 'physical', $3, 50)`,
    roomId,
    venueId,
    hostile("room", 200),
  );
  await query(
    `INSERT INTO instructor (id, slug, name, bio) VALUES ($1, 'hostile', $2, $3)`,
    instructorId,
    instructor,
    hostile("bio", 1000),
  );
  const run = await staff.runs.schedule.mutate({
    courseId,
    deliveryMode: "classroom",
    venueId: venueId ?? "",
    roomId: roomId ?? "",
    instructorIds: [instructorId ?? ""],
    timeZone: "Europe/Oslo",
    language: "en",
    // Before those of the demo, so that it is on every list.
    pattern: {
      from: new Date(Date.now() + 2 * DAY_MS).toISOString().slice(0, 10),
      weekdays: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
      sessions: 1,
      start: "09:00",
      end: "17:00",
    },
    capacity: 4,
    price: { amount: 20_000_00, currency: "NOK" },
    ...key(),
  });
  return { id: run.id, venue, instructor };
}

async function plantArticle({ staff }: OwnAcademy) {
  const article = {
    slug: "hostile-article",
    title: hostile("articletitle", 300),
    summary: hostile("articlesummary", 1000),
    author: hostile("author", 200),
  };
  const { id, version } = await staff.articles.write.mutate({
    ...article,
    body: hostileMarkdown("article"),
    ...key(),
  });
  await staff.articles.publish.mutate({ id, version, ...key() });
  return article;
}

/** A booking, one that waits for approval, a claim, and a place in the queue. */
async function book({ visitor, staff, query, keyFor }: OwnAcademy, runId: string) {
  const person = (name: string) => ({ name: hostile(name, 200), email: emailOf("hostile") });
  const company = hostile("company", 200);
  const purchaseOrder = hostile("order", 100);
  const order = async (more: object = {}) => {
    const places = 2;
    const held = await visitor.bookings.hold.mutate({ runId, places, ...key() });
    const { reference, accessKey } = held;
    const booker = { ...person("booker"), company, phone: hostile("phone", 40) };
    const learner = person("learner");
    const confirmed = await visitor.bookings.confirm.mutate({
      reference,
      accessKey,
      booker,
      learners: [learner],
      purchaseOrder,
      note: hostile("note", 2000),
      acceptsTerms: true,
      ...more,
      ...key(),
    });
    return { reference, accessKey, booker, learner, confirmed };
  };
  const booked = await order();
  const approver = person("approver");
  const asked = await order({ approver });
  const unnamed = booked.confirmed.registrations.at(-1)?.id ?? "";
  const link = await visitor.registrations.claimLink.mutate({
    reference: booked.reference,
    accessKey: booked.accessKey,
    registrationId: unnamed,
    ...key(),
  });
  const [row] = await query("SELECT id FROM booking WHERE reference = $1", asked.reference);
  const approvalKey = keyFor("approval", String(row?.["id"]));
  const party = person("party");
  const joined = await visitor.waitlist.join.mutate({
    runId,
    quantity: 1,
    ...party,
    company,
    ...key(),
  });
  await visitor.enquiries.send.mutate({
    kind: "contact",
    ...person("enquirer"),
    company,
    phone: hostile("phone", 40),
    message: hostile("message", 5000),
    consent: true,
    ...key(),
  });
  await staff.discounts.create.mutate({
    code: "HOSTILE",
    description: hostile("discount", 500),
    value: { kind: "percent", basisPoints: 1000 },
    ...key(),
  });
  return (dates: readonly string[]): Record<string, HostilePage> => ({
    "a booking": {
      path: `/bookings/${booked.reference}#key=${booked.accessKey}`,
      shows: [...dates, booked.booker.name, company, purchaseOrder, booked.learner.name],
    },
    "a booking that waits": {
      path: `/bookings/${asked.reference}#key=${asked.accessKey}`,
      shows: [...dates, asked.booker.name, approver.name],
    },
    "an approval": {
      path: `/approve#${asked.reference}.${approvalKey}`,
      shows: [...dates, asked.booker.name, company],
    },
    "a claim": {
      path: `/claim#${link.registrationId}.${link.claimVersion}.${link.claimKey}`,
      shows: [...dates, booked.booker.name],
    },
    "a place in the queue": {
      path: `/waitlist#${joined.entryId}.${joined.accessKey}`,
      shows: dates,
    },
  });
}

async function plantCompany({ staff }: OwnAcademy) {
  const name = hostile("organisation", 200);
  const { id } = await staff.organisations.create.mutate({
    name,
    country: "NO",
    billingAddress: hostile("billing", 1000),
    ...key(),
  });
  return { id, name };
}

/** Signs somebody up. @returns who they are, and how they sign in */
export async function signUp({ visitor, query, keyFor }: OwnAcademy, name: string) {
  const email = emailOf("holder");
  const wish = { name, email, password: PASSWORD };
  await visitor.account.signUp.mutate({ ...wish, acceptsTerms: true, ...key() });
  const [token] = await query("SELECT id FROM one_time_token WHERE email = $1", email);
  const tokenId = String(token?.["id"]);
  const proof = { id: tokenId, key: keyFor("one_time", tokenId) };
  await visitor.account.finishSignUp.mutate({ proof, password: PASSWORD, ...key() });
  const [person] = await query("SELECT id FROM person WHERE email = $1", email);
  return { ...wish, id: String(person?.["id"]) };
}

/** Somebody with an account in which every name is hostile, and somebody whom they invited. */
async function plantAccount(
  academy: OwnAcademy,
  company: { readonly id: string; readonly name: string },
) {
  const { visitor, query, keyFor, site } = academy;
  const name = hostile("holder", 200);
  const holder = await signUp(academy, name);
  const { id, email } = holder;

  // Signed in from a device that has a name.
  // So much of it is shown.
  const device = hostile("device", 100);
  await fetch(`${site}/trpc/account.signIn`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-lectern-client": "x", "user-agent": device },
    body: JSON.stringify({ email, password: PASSWORD, ...key() }),
  });
  const provider = hostile("provider", 200);
  const providerId = crypto.randomUUID();
  await query(
    `INSERT INTO identity_provider (id, slug, name, issuer, client_id, client_secret, organisation_id)
     VALUES ($1, 'hostile', $2, 'https://id.example.com', 'lectern', 'e1:1:none', $3)`,
    providerId,
    provider,
    company.id,
  );
  await query(
    `INSERT INTO external_identity (id, provider_id, subject, person_id) VALUES ($1, $2, $3, $4)`,
    crypto.randomUUID(),
    providerId,
    hostile("subject", 200),
    id,
  );
  for (const [role, organisationId] of [
    ["company_manager", company.id],
    ["sales", null],
  ]) {
    await query(
      `INSERT INTO role_assignment (id, person_id, role, organisation_id) VALUES ($1, $2, $3, $4)`,
      crypto.randomUUID(),
      id,
      role,
      organisationId,
    );
  }
  const tokenName = hostile("token", 200);
  await query(
    `INSERT INTO api_token (id, name, lookup, secret_hash, person_id, permissions, expires_at)
     VALUES ($1, $2, $3, decode(repeat('00', 32), 'hex'), $4, '{bookings.read.any}', now() + interval '9 days')`,
    crypto.randomUUID(),
    tokenName,
    crypto.randomUUID(),
    id,
  );
  const invited = hostile("invited", 200);
  const invitationId = crypto.randomUUID();
  await query(
    `INSERT INTO one_time_token (id, kind, email, data, expires_at) VALUES ($1, 'invitation', $2, $3::text::jsonb, now() + interval '9 days')`,
    invitationId,
    emailOf("invited"),
    JSON.stringify({
      name: invited,
      role: "learner",
      organisationId: company.id,
      inviterId: id,
      language: null,
      country: null,
    }),
  );
  const client = hostile("program", 100);
  const { userCode } = await visitor.devices.begin.mutate({ client, permissions: [], ...key() });
  return {
    holder,
    more: {
      "an invitation": {
        path: `/account/invitation#${invitationId}.${keyFor("one_time", invitationId)}`,
        shows: [name, company.name, invited],
      },
      "signing in at a company": { path: "/sign-in?provider=hostile", shows: [provider] },
    },
    account: {
      "their account": { path: "/account", shows: [name, company.name] },
      "their security": { path: "/account/security", shows: [device, tokenName, provider] },
      "their data": { path: "/account/privacy", shows: [] },
      "a program": { path: `/device?code=${userCode}`, shows: [client] },
    },
  };
}

/** Gives somebody, once they are signed in, a passkey with a name, and more that they told. */
export async function addPasskey({ query }: OwnAcademy, personId: string): Promise<string> {
  const name = hostile("passkey", 60);
  await query(
    `INSERT INTO passkey (id, person_id, name, credential_id, public_key, counter, transports, is_backed_up)
     VALUES ($1, $2, $3, $4, decode('00', 'hex'), 0, '{}', false)`,
    crypto.randomUUID(),
    personId,
    name,
    crypto.randomUUID(),
  );
  await query(
    "UPDATE auth_session SET second_factor_at = clock_timestamp(), confirmed_at = clock_timestamp() WHERE person_id = $1",
    personId,
  );
  return name;
}

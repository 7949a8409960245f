import { readFileSync } from "node:fs";
import { isSecretOf, parseSplitToken } from "@lectern/auth/split-token";
import { z } from "zod";
import type { Driver } from "./driver.ts";

/**
 * The work behind the procedures, done plainly: Lectern's own SQL through the bare driver, and rows made into answers by hand.
 * The bare and the stock server do the same, so that only what is around it differs.
 */

const Query = z.object({
  text: z.string(),
  parameters: z.record(z.string(), z.array(z.string().nullable())),
});

/** Of a server that is not asked for it. */
const NO_QUERY: z.infer<typeof Query> = { text: "", parameters: {} };

/** What a contender's server is told at its start. */
export const ServerSettings = z.object({
  port: z.int(),
  databaseUrl: z.string(),
  accessSecret: z.string(),
  /** So long the bare server keeps an answer, in milliseconds; 0: not at all. */
  keepsAnswersMs: z.int().default(0),
  queries: z.object({
    /** By slug. */
    articleBySlug: Query.default(NO_QUERY),
    /** By the number of courses asked for. */
    coursesList: Query.default(NO_QUERY),
    /** By the public half of a session's token. */
    session: Query.default(NO_QUERY),
  }),
});
export type ServerSettings = z.infer<typeof ServerSettings>;
/** As it is written to the file. */
export type GivenSettings = z.input<typeof ServerSettings>;

/** @param path of a JSON file, the program's only argument */
export function readSettings(path: string | undefined): ServerSettings {
  if (path === undefined) throw new Error("Give the path of a file with settings");
  return ServerSettings.parse(JSON.parse(readFileSync(path, "utf8")));
}

type Cells = readonly unknown[];

/** `articles.bySlug`. @returns undefined for an article that there is not */
export async function articleBySlug(
  driver: Driver,
  { queries }: ServerSettings,
  slug: string,
): Promise<unknown> {
  const parameters = queries.articleBySlug.parameters[slug];
  if (parameters === undefined) return undefined;
  const [row] = await driver.rows(queries.articleBySlug.text, parameters);
  return row && toArticle(row);
}

/** Words a minute, as Lectern counts. */
const READING_SPEED = 238;

function toArticle(row: Cells) {
  const [id, slug, title, summary, author, language, status, publishedAt, ...others] = row;
  const [topicSlug, topicName, words, body, version, updatedAt] = others;
  return {
    id,
    slug,
    title,
    summary,
    author,
    language,
    topic: topicSlug === null ? null : { slug: topicSlug, name: topicName },
    status,
    publishedAt: toIso(publishedAt),
    readingMinutes: Math.max(1, Math.round(Number(words) / READING_SPEED)),
    body,
    version,
    updatedAt: toIso(updatedAt),
  };
}

function toIso(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}

/** `courses.list`, its first page. */
export async function coursesList(
  driver: Driver,
  { queries }: ServerSettings,
  limit: number,
): Promise<unknown> {
  const parameters = queries.coursesList.parameters[limit];
  if (parameters === undefined) return undefined;
  const rows = await driver.rows(queries.coursesList.text, parameters);
  // One more than is shown tells that there are more.
  const listed = rows.slice(0, limit);
  const [id, , , , , , , , , , , , , , , key, title, counted] = listed.at(-1) ?? [];
  const total = Number(counted ?? 0);
  return {
    items: listed.map(toCourse),
    nextCursor:
      rows.length > listed.length
        ? Buffer.from(JSON.stringify(["title", key, title, id, total])).toString("base64url")
        : null,
    total,
  };
}

function toCourse(row: Cells) {
  const [id, code, slug, title, summary, contentLanguage, level, durationDays, ...others] = row;
  const [deliveryModes, languages, topics, nextRun, upcomingRuns, pricesFrom] = others;
  return {
    id,
    code,
    slug,
    title,
    summary,
    contentLanguage,
    level,
    durationDays: durationDays === null ? null : Number(durationDays),
    deliveryModes,
    languages,
    topics,
    nextRun,
    upcomingRuns: Number(upcomingRuns),
    pricesFrom,
  };
}

/** So long whoever has shown who they are need not do it again, in milliseconds. */
const CONFIRMED_FOR_MS = 600_000;

/**
 * `account.me`: Lectern's own look-up of a session, and the same comparison.
 *
 * @param cookies as a browser sends them
 * @returns `null` in the place of somebody whose session is not good
 */
export async function me(
  driver: Driver,
  { queries }: ServerSettings,
  cookies: string | undefined,
): Promise<unknown> {
  const token = parseSplitToken(
    /(?:^|;\s*)lectern_session=([^;]*)/u.exec(cookies ?? "")?.[1] ?? "",
  );
  const parameters = token && queries.session.parameters[token.id];
  if (token === undefined || parameters === undefined) return { me: null };
  const [row] = await driver.rows(queries.session.text, parameters);
  const [, secretHash] = row ?? [];
  if (row === undefined || !(secretHash instanceof Uint8Array)) return { me: null };
  if (!isSecretOf(secretHash, token.secret)) return { me: null };
  return { me: toPerson(row) };
}

function toPerson(row: Cells) {
  const [, , , hasSecondFactor, confirmedAt, , , , id, name, email] = row;
  return {
    id,
    name,
    email,
    // Of the people of the benchmark nobody has any, so that nothing is asked of them.
    roles: [],
    permissions: [],
    hasSecondFactor,
    mustSetUpSecondFactor: false,
    mustShowSecondFactor: false,
    confirmedUntil:
      confirmedAt instanceof Date
        ? new Date(confirmedAt.getTime() + CONFIRMED_FOR_MS).toISOString()
        : null,
  };
}

/** `system.info`. */
export function systemInfo() {
  return { name: "Lectern", version: "0.1.0", serverTime: new Date().toISOString() };
}

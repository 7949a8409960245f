import { readFileSync } from "node:fs";
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

/** What a contender's server is told at its start. */
export const ServerSettings = z.object({
  port: z.int(),
  databaseUrl: z.string(),
  accessSecret: z.string(),
  queries: z.object({
    /** By slug. */
    articleBySlug: Query,
    /** By the number of courses asked for. */
    coursesList: Query,
  }),
});
export type ServerSettings = z.infer<typeof ServerSettings>;

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
  const [id, , , , , , , , , , , , , key, title, total, remaining] = rows.at(-1) ?? [];
  return {
    items: rows.map(toCourse),
    nextCursor:
      Number(remaining) > rows.length
        ? Buffer.from(JSON.stringify(["title", key, title, id])).toString("base64url")
        : null,
    total: Number(total ?? 0),
  };
}

function toCourse(row: Cells) {
  const [id, code, slug, title, summary, level, durationDays, deliveryModes, ...others] = row;
  const [languages, topics, nextRun, upcomingRuns, pricesFrom] = others;
  return {
    id,
    code,
    slug,
    title,
    summary,
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

/** `system.info`. */
export function systemInfo() {
  return { name: "Lectern", version: "0.1.0", serverTime: new Date().toISOString() };
}

import type { ArticleWriteInput } from "@lectern/contract/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { useTestDatabase } from "@lectern/database/testing/database";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { OPERATOR_CALL, newKey, testCall } from "../../testing/factories.ts";
import { findArticleBySlug } from "./find-article-by-slug.ts";
import { findArticleForEditing } from "./find-article-for-editing.ts";
import { listArticlesForEditing } from "./list-articles-for-editing.ts";
import { listArticles } from "./list-articles.ts";
import { publishArticle } from "./publish-article.ts";
import { retireArticle } from "./retire-article.ts";
import { writeArticle } from "./write-article.ts";

const database = useTestDatabase();

function write(overrides: Partial<z.infer<typeof ArticleWriteInput>> = {}) {
  return writeArticle(database().db, OPERATOR_CALL, {
    slug: `article-${newKey()}`,
    title: "What a classroom is for",
    summary: "Rooms change how people learn.",
    body: "word ".repeat(500),
    author: "Aud Lie",
    language: "en",
    idempotencyKey: newKey(),
    ...overrides,
  });
}

function publish(id: string, version: number) {
  return publishArticle(database().db, OPERATOR_CALL, { id, version, idempotencyKey: newKey() });
}

async function createTopic(): Promise<string> {
  const id = uuidv7();
  await database()
    .db.insert(topic)
    .values({ id, slug: `topic-${id}`, name: `Topic ${id}` });
  return `topic-${id}`;
}

describe("an article", () => {
  it("is read once it is published, and not before", async () => {
    const slug = await createTopic();
    const draft = await write({ topic: slug });
    expect(draft).toMatchObject({ status: "draft", version: 1 });
    const find = () => findArticleBySlug(database().db, testCall(), { slug: draft.slug });
    await expect(find()).rejects.toMatchObject({ code: "NotFound" });
    await publish(draft.id, 1);
    expect(await find()).toMatchObject({
      title: "What a classroom is for",
      topic: { slug },
      status: "published",
      readingMinutes: 2,
      version: 2,
    });
    await expect(publish(draft.id, 2)).rejects.toMatchObject({
      body: { data: { reason: "wrong_state" } },
    });
  });

  it("is written again by whoever read its last version, and keeps its state", async () => {
    const draft = await write();
    await publish(draft.id, 1);
    const rewrite = (version: number) =>
      write({ id: draft.id, version, slug: draft.slug, title: "What a classroom is for, again" });
    await expect(rewrite(1)).rejects.toMatchObject({
      body: { data: { reason: "changed_meanwhile" } },
    });
    expect(await rewrite(2)).toMatchObject({ status: "published", version: 3 });
    const { title } = await findArticleBySlug(database().db, testCall(), { slug: draft.slug });
    expect(title).toBe("What a classroom is for, again");
  });

  it("has an address of its own", async () => {
    const { slug } = await write();
    await expect(write({ slug })).rejects.toMatchObject({
      body: { code: "Conflict", data: { reason: "already_exists", detail: "slug" } },
    });
  });

  it("is written once for a key", async () => {
    const input = { slug: `article-${newKey()}`, idempotencyKey: newKey() };
    const [first, second] = [await write(input), await write(input)];
    expect(second).toEqual(first);
  });

  it("needs a topic that there is, and a version for its id", async () => {
    await expect(write({ topic: "no-such-topic" })).rejects.toMatchObject({ code: "NotFound" });
    const { id } = await write();
    await expect(write({ id })).rejects.toMatchObject({ code: "Invalid" });
  });
});

const retire = (id: string, version: number) =>
  retireArticle(database().db, OPERATOR_CALL, { id, version, idempotencyKey: newKey() });
const forEditing = (id: string) => findArticleForEditing(database().db, OPERATOR_CALL, { id });
const refused = (reason: string) => ({ body: { code: "Conflict", data: { reason } } });

describe("an article that comes out at a time", () => {
  it("is nowhere to be read before, and can be taken back or brought forward", async () => {
    const topicSlug = await createTopic();
    const { id, slug } = await write({ topic: topicSlug });
    const later = (version: number, at: string) =>
      publishArticle(database().db, OPERATOR_CALL, { id, version, at, idempotencyKey: newKey() });
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    await later(1, tomorrow);
    const read = () => findArticleBySlug(database().db, testCall(), { slug });
    const listed = () =>
      listArticles(database().db, testCall(), { topic: topicSlug, limit: 1, cursor: null });
    await expect(read()).rejects.toMatchObject({ code: "NotFound" });
    expect(await listed()).toMatchObject({ items: [], total: 0 });
    expect(await forEditing(id)).toMatchObject({ state: "scheduled", publishedAt: tomorrow });
    expect(await retire(id, 2)).toMatchObject({ status: "draft" });
    expect(await forEditing(id)).toMatchObject({ state: "draft", publishedAt: null });
    await later(3, tomorrow);
    await publish(id, 4);
    expect(await listed()).toMatchObject({ items: [{ slug }], total: 1 });
    expect((await read()).publishedAt).not.toBe(tomorrow);
  });
});

describe("retiring an article", () => {
  it("takes it off the site, once, and publishing brings it back with its first day", async () => {
    const { id, slug } = await write();
    await expect(retire(id, 1)).rejects.toMatchObject(refused("wrong_state"));
    await publish(id, 1);
    const { publishedAt } = await forEditing(id);
    await expect(retire(id, 1)).rejects.toMatchObject(refused("changed_meanwhile"));
    expect(await retire(id, 2)).toMatchObject({ status: "retired" });
    const read = () => findArticleBySlug(database().db, testCall(), { slug });
    await expect(read()).rejects.toMatchObject({ code: "NotFound" });
    await publish(id, 3);
    expect((await read()).publishedAt).toBe(publishedAt);
  });
});

describe("articles for their editors", () => {
  it("are found in every state, with who changed them last", async () => {
    const author = `Zq ${newKey()}`;
    const topicSlug = await createTopic();
    const one = await write({ author, title: "Ærlig talt", topic: topicSlug });
    const two = await write({ author, language: "nb" });
    await publish(two.id, 1);
    const found = async (input: object) => {
      const page = { query: author, limit: 10, cursor: null, ...input };
      const { items } = await listArticlesForEditing(database().db, OPERATOR_CALL, page);
      return items.map(({ id }) => id);
    };
    expect(await found({})).toEqual([two.id, one.id]);
    expect(await found({ states: ["draft"] })).toEqual([one.id]);
    expect(await found({ states: ["scheduled"] })).toEqual([]);
    expect(await found({ languages: ["nb"] })).toEqual([two.id]);
    expect(await found({ topics: [topicSlug] })).toEqual([one.id]);
    expect(await found({ query: author.toUpperCase().slice(3) })).toEqual([two.id, one.id]);
    const page = { query: author, limit: 1 };
    const list = (cursor: string | null) =>
      listArticlesForEditing(database().db, OPERATOR_CALL, { ...page, cursor });
    const first = await list(null);
    const second = await list(first.nextCursor);
    expect([first.items[0]?.id, second.items[0]?.id, second.nextCursor]).toEqual([
      two.id,
      one.id,
      null,
    ]);
    expect((await forEditing(one.id)).updatedBy).toEqual({ kind: "operator", name: null });
  });

  it("are found under addresses that they had", async () => {
    const { id, slug } = await write();
    await publish(id, 1);
    await write({ id, version: 2, slug: `${slug}-new` });
    const found = await findArticleBySlug(database().db, testCall(), { slug });
    expect(found.slug).toBe(`${slug}-new`);
  });
});

describe("listing articles", () => {
  it("gives the published ones of a topic over its pages, newest first, each once", async () => {
    const slug = await createTopic();
    for (let i = 0; i < 5; i += 1) {
      const { id } = await write({ topic: slug });
      if (i !== 3) await publish(id, 1);
    }
    const list = (cursor: string | null) =>
      listArticles(database().db, testCall(), { topic: slug, limit: 3, cursor });
    const first = await list(null);
    const second = await list(first.nextCursor);
    const times = [...first.items, ...second.items].map(({ publishedAt }) => publishedAt ?? "");
    expect(first.total).toBe(4);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 1, null]);
    expect(times).toEqual([...new Set(times)].toSorted().toReversed());
  });
});

import type { ArticleWriteInput } from "@lectern/contract/articles";
import { topic } from "@lectern/database/schema/catalogue";
import { useTestDatabase } from "@lectern/database/testing/database";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { OPERATOR_CALL, newKey, testCall } from "../../testing/factories.ts";
import { findArticleBySlug } from "./find-article-by-slug.ts";
import { listArticles } from "./list-articles.ts";
import { publishArticle } from "./publish-article.ts";
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

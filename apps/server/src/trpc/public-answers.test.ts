import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { PublicAnswers, type PublicAnswersOptions } from "./public-answers.ts";

const RUN = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3d";
const OTHER = "0199f4a0-6d2c-7c3e-9c7e-0d6f0a1b2c3e";

/** Answers whose source says how often it was asked, and answers when it is told to. */
function answersFrom(options: Partial<PublicAnswersOptions> = {}) {
  const time = { ms: 0 };
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  let isHeld = false;
  const answers = new PublicAnswers({
    ask: async (path, input) => {
      asked.push(`${path} ${input}`);
      const json = `{"n":${asked.length},"id":"${input === "other" ? OTHER : RUN}"}`;
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
      return input === "wrong" ? undefined : json;
    },
    now: () => time.ms,
    ...options,
  });
  return {
    answers,
    asked,
    time,
    hold: () => (isHeld = true),
    release: () => {
      isHeld = false;
      for (const go of waiting.splice(0)) go();
    },
    read: async (input = "one") => (await answers.find("runs.byId", input))?.body.toString(),
  };
}

it("asks once for all that ask the same at once, and keeps what it was told", async () => {
  const { read, asked, hold, release } = answersFrom();
  hold();
  const reading = Array.from({ length: 100 }, () => read());
  release();
  expect(new Set(await Promise.all(reading)).size).toBe(1);
  await read();
  await read("other");
  expect(asked).toEqual(["runs.byId one", "runs.byId other"]);
});

it("gives what is somewhat old while it asks anew, and what is too old no more", async () => {
  const { read, asked, time } = answersFrom({ freshMs: 100, staleMs: 1000 });
  const first = await read();
  time.ms = 100;
  expect(await read()).toBe(first);
  expect(asked).toHaveLength(1);
  time.ms = 101;
  expect(await Promise.all(Array.from({ length: 50 }, () => read()))).toEqual(
    Array.from({ length: 50 }, () => first),
  );
  expect(asked).toHaveLength(2);
  expect(await read()).toContain('"n":2');
  time.ms = 1202;
  expect(await read()).toContain('"n":3');
});

it("forgets what shows a run that has changed, and nothing else", async () => {
  const { read, answers, asked } = answersFrom();
  await read();
  await read("other");
  answers.forget([RUN]);
  expect(await read()).toContain('"n":3');
  expect(await read("other")).toContain('"n":2');
  answers.forgetAll();
  await read("other");
  expect(asked).toHaveLength(4);
});

it.each(["forget", "forgetAll"] as const)(
  "does not keep what was read before a change that it heard of meanwhile (%s)",
  async (what) => {
    const { read, answers, hold, release, time } = answersFrom();
    hold();
    const early = read();
    time.ms = 5;
    if (what === "forget") answers.forget([RUN]);
    else answers.forgetAll();
    // Who asks after the change is not told what was read before it.
    const late = read();
    release();
    expect(await early).toContain('"n":1');
    expect(await late).toContain('"n":2');
    expect(await read()).toContain('"n":2');
  },
);

it("keeps no mistake, and lets everybody be told of their own", async () => {
  const { read, asked } = answersFrom();
  expect(await read("wrong")).toBeUndefined();
  expect(await read("wrong")).toBeUndefined();
  expect(asked).toHaveLength(1);
});

it("passes on what goes wrong to all who wait, and asks again the next time", async () => {
  let questions = 0;
  const { read } = answersFrom({
    ask: () => {
      questions += 1;
      return questions === 1 ? Promise.reject(new Error("out of order")) : Promise.resolve("{}");
    },
  });
  const ends = await Promise.allSettled(Array.from({ length: 50 }, () => read()));
  expect(ends.every(({ status }) => status === "rejected")).toBe(true);
  expect(questions).toBe(1);
  expect(await read()).toBe("{}");
});

it("stays within its bytes, and forgets where they came from with them", async () => {
  const { answers } = answersFrom({
    maxBytes: 20_000,
    ask: (_, input) => Promise.resolve(JSON.stringify({ id: RUN, text: input?.padEnd(2000) })),
  });
  for (let index = 0; index < 200; index += 1) {
    await answers.find("runs.byId", String(index));
    expect(answers.bytes).toBeLessThanOrEqual(20_000);
  }
  expect(answers.bytes).toBeGreaterThan(10_000);
  answers.forget([RUN]);
  expect(answers.bytes).toBe(0);
});

it.each([
  { what: "what is asked", inputOf: (n: number) => `${n} `.padEnd(10_000), jsonOf: () => "[]" },
  {
    what: "what it shows",
    inputOf: String,
    jsonOf: () => JSON.stringify(Array.from({ length: 100 }, () => randomUUID())),
  },
])("counts $what, which others choose, among its bytes", async ({ inputOf, jsonOf }) => {
  let questions = 0;
  const { answers } = answersFrom({
    maxBytes: 200_000,
    ask: () => {
      questions += 1;
      return Promise.resolve(jsonOf());
    },
  });
  const askForAll = async () => {
    for (let n = 0; n < 100; n += 1) await answers.find("courses.list", inputOf(n));
  };
  await askForAll();
  await askForAll();
  expect(questions).toBe(200);
  expect(answers.bytes).toBeLessThanOrEqual(200_000);
});

it("remembers few mistakes, if they are long", async () => {
  let questions = 0;
  const { answers } = answersFrom({
    ask: () => {
      questions += 1;
      return Promise.resolve(undefined);
    },
  });
  const askForAll = async (length: number) => {
    for (let n = 0; n < 1000; n += 1) await answers.find("courses.list", `${n} `.padEnd(length));
  };
  await askForAll(10);
  await askForAll(10);
  expect(questions).toBe(1000);
  await askForAll(10_000);
  await askForAll(10_000);
  expect(questions).toBe(3000);
});

it("gives what is larger than all that it may keep, and does not keep it", async () => {
  const { answers } = answersFrom({
    maxBytes: 1000,
    ask: () => Promise.resolve(JSON.stringify("x".repeat(5000))),
  });
  expect((await answers.find("courses.list", undefined))?.body).toHaveLength(5002);
  expect(answers.bytes).toBe(0);
});

it("tells answers apart by their tags, and compresses those that are worth it", async () => {
  const { answers } = answersFrom({
    ask: (_, input) => Promise.resolve(JSON.stringify((input ?? "").repeat(2000))),
  });
  const [one, again, other, small] = [
    await answers.find("courses.list", "one"),
    await answers.find("courses.list", "one"),
    await answers.find("courses.list", "other"),
    await answers.find("courses.list", ""),
  ];
  expect(one?.etag).toMatch(/^W\/"[\w-]{22}"$/u);
  expect(again?.etag).toBe(one?.etag);
  expect(other?.etag).not.toBe(one?.etag);
  expect((await one?.compressed())?.length).toBeLessThan(100);
  expect(await one?.compressed()).toBe(await again?.compressed());
  expect(await small?.compressed()).toBeUndefined();
});

import { describe, expect, it, vi } from "vitest";
import { hashPassword } from "./password-hash.ts";
import { type PasswordOptions, createPasswords } from "./passwords.ts";
import { TooManyWaiting } from "./semaphore.ts";

const CHEAP = { memory: 64, passes: 1, parallelism: 1 };
/** Where nobody gets in, nor finds room to wait. */
const FULL = { permits: 0, queue: 0 };

async function create(options: Partial<PasswordOptions> = {}) {
  return createPasswords({ parameters: CHEAP, permits: 1, queue: 10, ...options });
}

describe("a password", () => {
  it("is known again, in any form that Unicode has for it, and no other is", async () => {
    const passwords = await create();
    const stored = await passwords.hash("fünf Zebras");
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/u);
    expect(stored).not.toBe(await passwords.hash("fünf Zebras"));
    const isRight = async (shown: string) => (await passwords.verify(stored, shown)).isRight;
    expect(await isRight("fünf Zebras".normalize("NFD"))).toBe(true);
    expect(await isRight("fünf zebras")).toBe(false);
    expect(await isRight("")).toBe(false);
  });

  it("is never right where there is none, not even that of nobody", async () => {
    const passwords = await create();
    for (const shown of ["", "the password of nobody", "anything"])
      expect(await passwords.verify(null, shown)).toEqual({ isRight: false, needsRehash: false });
  });

  it("waits in the same line where there is none", async () => {
    const passwords = await create(FULL);
    const stored = await hashPassword("x", CHEAP);
    const answers = await Promise.allSettled([
      passwords.verify(null, "x"),
      passwords.verify(stored, "x"),
      passwords.hash("x"),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: "rejected", reason: { name: "TooManyWaiting" } });
    }
  });

  it("is to be hashed again when it was hashed otherwise", async () => {
    const passwords = await create();
    expect(await passwords.verify(await passwords.hash("x"), "x")).toEqual({
      isRight: true,
      needsRehash: false,
    });
    const older = await hashPassword("x", { ...CHEAP, passes: 2 });
    expect(await passwords.verify(older, "x")).toEqual({ isRight: true, needsRehash: true });
    expect(await passwords.verify("no such thing", "x")).toMatchObject({ isRight: false });
  });
});

describe("what comes before a password is worked out", () => {
  it("is done for three at a time, each caller in turn", async () => {
    const passwords = await create();
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const look = (caller: string) =>
      passwords.admit({ caller }, async () => {
        begun.push(caller);
        const end = Promise.withResolvers<void>();
        ends.push(end.resolve);
        await end.promise;
      });
    const all = ["a", "a", "a", "a", "a", "b", "c"].map(look);
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await turn();
    expect(begun).toEqual(["a", "a", "a"]);
    for (let index = 0; index < all.length; index += 1) {
      await turn();
      expect(begun.length - index).toBeLessThanOrEqual(3);
      ends[index]?.();
    }
    await Promise.all(all);
    expect(begun).toEqual(["a", "a", "a", "a", "b", "c", "a"]);
  });

  it("is not done for who would find no room, but for who may be known", async () => {
    const passwords = await create(FULL);
    const look = vi.fn<() => Promise<string>>(() => Promise.resolve("looked up"));
    await expect(passwords.admit({ caller: "c" }, look)).rejects.toBeInstanceOf(TooManyWaiting);
    expect(look).not.toHaveBeenCalled();
    expect(await passwords.admit({ caller: "c", mayBeKnown: true }, look)).toBe("looked up");
  });

  it("lets others have a turn between those who are sent away", async () => {
    const passwords = await create(FULL);
    let refused = 0;
    const crowd = Array.from({ length: 60 }, (_, index) =>
      passwords
        .admit({ caller: String(index) }, () => Promise.resolve())
        .catch(() => {
          refused += 1;
        }),
    );
    let turns = 0;
    while (refused < crowd.length) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    expect(turns).toBeGreaterThanOrEqual(crowd.length / 3);
    await Promise.all(crowd);
  });
});

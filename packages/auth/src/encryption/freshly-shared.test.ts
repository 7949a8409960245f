import { expect, it } from "vitest";
import { freshlyShared } from "./freshly-shared.ts";

/** Work that ends when it is told to. */
function countedWork() {
  const running: PromiseWithResolvers<number>[] = [];
  const ask = freshlyShared(() => {
    running.push(Promise.withResolvers());
    const last = running.at(-1);
    if (last === undefined) throw new Error("unreachable");
    return last.promise;
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { running, ask, turn };
}

it("is done once for all who ask at the same time", async () => {
  const { running, ask, turn } = countedWork();
  const answers = [ask(), ask(), ask()];
  await turn();
  running[0]?.resolve(7);
  expect(await Promise.all(answers)).toEqual([7, 7, 7]);
  expect(running).toHaveLength(1);
});

it("gives nobody the outcome of what began before they asked", async () => {
  const { running, ask, turn } = countedWork();
  const early = ask();
  await turn();
  const late = [ask(), ask()];
  await turn();
  expect(running).toHaveLength(1);
  running[0]?.resolve(1);
  expect(await early).toBe(1);
  await turn();
  running[1]?.resolve(2);
  expect(await Promise.all(late)).toEqual([2, 2]);
  expect(running).toHaveLength(2);
});

it("goes on after a failure, which those who had asked are told", async () => {
  const { running, ask, turn } = countedWork();
  const first = ask();
  await turn();
  const second = ask();
  running[0]?.reject(new Error("away"));
  await expect(first).rejects.toThrow("away");
  await turn();
  running[1]?.resolve(2);
  expect(await second).toBe(2);
});

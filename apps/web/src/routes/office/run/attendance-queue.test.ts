import { beforeEach, describe, expect, it, vi } from "vitest";
import { AttendanceQueue, shownMarks, spotKey, withNewer } from "./attendance-queue.ts";

const SPOT = { sessionId: "s", registrationId: "r" };
let clock = 0;

function marked(key: string, mark: "present" | "absent" | null = "present", version = 0) {
  clock += 1;
  return { ...SPOT, key, mark, version, at: clock };
}

function keys(queue: AttendanceQueue): string[] {
  return queue.read().map(({ key }) => key);
}

/** Enough of a browser's storage. */
function storage(): Storage {
  const target = new Map<string, string>();
  return new Proxy<Storage>({} as Storage, {
    get: (_, name) => {
      if (name === "getItem") return (key: string) => target.get(key) ?? null;
      if (name === "setItem") return (key: string, value: string) => void target.set(key, value);
      if (name === "removeItem") return (key: string) => void target.delete(key);
      return undefined;
    },
    ownKeys: () => [...target.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

beforeEach(() => {
  vi.stubGlobal("localStorage", storage());
});

describe("marks that are not sent yet", () => {
  it("outlive the page, in the order in which they were made, for whoever made them", () => {
    const queue = new AttendanceQueue("me", "run");
    queue.add(marked("a"), undefined);
    queue.add({ ...marked("b"), registrationId: "other" }, undefined);
    expect(keys(new AttendanceQueue("me", "run"))).toEqual(["a", "b"]);
    expect(keys(new AttendanceQueue("you", "run"))).toEqual([]);
    expect(keys(new AttendanceQueue("me", "another"))).toEqual([]);
    expect(queue.read()).toBe(queue.read());
  });

  it("are one for each place: the last counts, and what is on its way stays", () => {
    const queue = new AttendanceQueue("me", "run");
    queue.add(marked("a"), undefined);
    queue.add(marked("b", "absent"), undefined);
    expect(keys(queue)).toEqual(["b"]);
    queue.add(marked("c", null), "b");
    expect(keys(queue)).toEqual(["b", "c"]);
    const [first] = queue.read();
    if (first === undefined) throw new Error("Nothing is there");
    queue.settle(first, 4);
    expect(queue.read()).toMatchObject([{ key: "c", version: 4 }]);
  });

  it("that were refused stay until somebody decides, unless they did already", () => {
    const queue = new AttendanceQueue("me", "run");
    const refusal = {
      reason: "changed_meanwhile" as const,
      mark: "absent" as const,
      markedBy: "Ada",
      version: 2,
    };
    queue.add(marked("a"), undefined);
    const [first] = queue.read();
    if (first === undefined) throw new Error("Nothing is there");
    queue.refuse(first, refusal);
    expect(queue.read()).toMatchObject([{ key: "a", refusal }]);
    queue.add(marked("b"), undefined);
    const [second] = queue.read();
    if (second === undefined) throw new Error("Nothing is there");
    queue.add(marked("c", "absent"), "b");
    queue.refuse(second, refusal);
    expect(queue.read()).toMatchObject([{ key: "c", version: 2, refusal: null }]);
  });

  it("leave out what was not kept by this program", () => {
    const queue = new AttendanceQueue("me", "run");
    localStorage.setItem("lectern-draft-attendance.me.run.x", "{");
    localStorage.setItem("lectern-draft-attendance.me.run.y", '{"key":1}');
    expect(queue.read()).toEqual([]);
  });
});

describe("what is shown", () => {
  const record = {
    ...SPOT,
    mark: "absent" as const,
    minutes: null,
    markedAt: "2027-03-01T09:00:00.000Z",
    markedBy: "Ada",
    version: 3,
  };

  it("is what was marked here, based on what the server knows", () => {
    const pending = { ...marked("a", "present", 3), refusal: null };
    expect(shownMarks([record], [pending]).get(spotKey(SPOT))).toMatchObject({
      mark: "present",
      version: 3,
      isPending: true,
    });
    expect(shownMarks([record], []).get(spotKey(SPOT))).toMatchObject({ isPending: false });
  });

  it("is never older than what was seen already", () => {
    const newer = { ...record, version: 4, mark: "present" as const };
    expect(withNewer([newer], [record])).toEqual([newer]);
    expect(withNewer([record], [newer])).toEqual([newer]);
  });
});

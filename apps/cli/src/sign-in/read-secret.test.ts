import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { UsageError } from "../usage-error.ts";
import { type Input, Interrupted, readSecret } from "./read-secret.ts";

const NEVER = new AbortController().signal;

/** Standard input of a program. */
function piped(...chunks: readonly string[]): Input {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
}

/** A terminal on which these keys are pressed, and what it was told. */
function terminal(...keys: readonly string[]) {
  const modes: boolean[] = [];
  const said: string[] = [];
  const stdin: Input = Object.assign(Readable.from(keys.map((key) => Buffer.from(key))), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
  });
  const read = () =>
    readSecret(stdin, "Token: ", { ask: (text) => said.push(text), signal: NEVER });
  return { read, modes, said };
}

function read(stdin: Input, signal = NEVER) {
  return readSecret(stdin, "Token: ", {
    signal,
    ask: () => {
      throw new Error("Nobody is there to be asked");
    },
  });
}

describe("a secret from another program", () => {
  it("is one line, in however many pieces it comes", async () => {
    expect(await read(piped("lectern_", "pat_x", "\n"))).toBe("lectern_pat_x");
    expect(await read(piped("  lectern_pat_x\r\n\n"))).toBe("lectern_pat_x");
  });

  it.each([[[]], [[""]], [["\n \n"]], [["one two"]], [["one\ntwo\n"]], [["x".repeat(5000)]]])(
    "is refused: %j",
    async (chunks: readonly string[]) => {
      await expect(read(piped(...chunks))).rejects.toThrow(UsageError);
    },
  );

  it("is no longer waited for once Ctrl-C was pressed", async () => {
    const controller = new AbortController();
    const silent = new Readable({ read: () => {} });
    const reading = read(silent, controller.signal);
    controller.abort();
    await expect(reading).rejects.toThrow(/premature close/iu);
    expect(silent.destroyed).toBe(true);
  });
});

describe("a secret that is typed", () => {
  it("is asked for, not shown, and ends with Enter", async () => {
    const { read: ask, modes, said } = terminal("lec", "t", "x", "\u007F", "ern\r", "more");
    expect(await ask()).toBe("lectern");
    expect(modes).toEqual([true, false]);
    expect(said).toEqual(["Token: ", "\n"]);
  });

  it("can be pasted, and ends with Ctrl-D too", async () => {
    expect(await terminal("lectern_pat_x\n").read()).toBe("lectern_pat_x");
    expect(await terminal("x", "\b", "lectern_pat_x", "\u0004").read()).toBe("lectern_pat_x");
  });

  it("can be given up, and leaves the terminal as it was", async () => {
    const { read: ask, modes } = terminal("lec", "\u0003");
    await expect(ask()).rejects.toThrow(Interrupted);
    expect(modes).toEqual([true, false]);
  });
});

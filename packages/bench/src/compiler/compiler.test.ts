import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { edited } from "./copied-workspace.ts";
import { FIELDS } from "./made-fields.ts";
import { madeProgram, madeRouter } from "./made-router.ts";
import { PROCEDURES_MAX } from "./made-things.ts";
import { makeWorkspace } from "./made-workspace.ts";
import { describeDiagnostics, readDiagnostics, runTsc } from "./tsc.ts";

const CLIENT_PACKAGE = fileURLToPath(new URL("../../../client", import.meta.url));

function proceduresIn(files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([path]) => path.endsWith(".router.ts"))
    .flatMap(([path, text]) =>
      [...text.matchAll(/^ {2}(\w+): \w+Procedure/gmu)].map(([, name]) => `${path}: ${name}`),
    );
}

describe("a made router", () => {
  test("has as many procedures as were asked for, and each once", () => {
    for (const count of [5, 120, PROCEDURES_MAX]) {
      const procedures = proceduresIn(madeRouter(count));
      expect(procedures).toHaveLength(count);
      expect(new Set(procedures).size).toBe(count);
    }
    for (const wrong of [0, 7, PROCEDURES_MAX + 5, Number.NaN])
      expect(() => madeRouter(wrong)).toThrow(RangeError);
  });

  test("is the same each time", () => {
    expect([...madeRouter(500)]).toEqual([...madeRouter(500)]);
    expect(madeProgram(500, 40)).toBe(madeProgram(500, 40));
  });

  test("has things that differ, and none that has a field twice", () => {
    const shapes = [...madeRouter(500)].filter(([path]) => path.endsWith(".shapes.ts"));
    const fields = shapes.map(([, text]) => {
      const [, body = ""] = /Fields = z\.object\(\{\n(.*?)\n\}\);/su.exec(text) ?? [];
      return [...body.matchAll(/^ {2}(\w+):/gmu)].map(([, name]) => name);
    });
    for (const names of fields) expect(new Set(names).size).toBe(names.length);
    expect(new Set(fields.map((names) => names.join())).size).toBeGreaterThan(50);
    expect(new Set(fields.flat()).size).toBe(FIELDS.length);
  });

  test("is called in all ways, in many of its features", () => {
    const program = madeProgram(500, 40);
    const calls = [...program.matchAll(/client\.(\w+)\.(list|find|create|change|end)\w+\./gu)];
    expect(calls).toHaveLength(40);
    expect(new Set(calls.map(([, feature]) => feature)).size).toBeGreaterThanOrEqual(20);
    expect(new Set(calls.map(([, , kind]) => kind)).size).toBe(5);
  });

  test(
    "type-checks against its declarations and against sources",
    { timeout: 180_000 },
    async () => {
      await runTsc(["--build", CLIENT_PACKAGE]);
      await using made = await makeWorkspace(25, 10);
      const [declarations, sources] = [
        readDiagnostics(await runTsc(["-p", made.declarations, "--extendedDiagnostics"])),
        readDiagnostics(await runTsc(["-p", made.sources, "--extendedDiagnostics"])),
      ];
      expect(declarations.files).toBeLessThan(sources.files / 2);
      expect(declarations.types).toBeLessThan(sources.types / 2);
      expect(made.bundleBytes).toBeGreaterThan(10_000);
    },
  );
});

test("what the compiler says of itself is read", () => {
  const printed =
    "Files:              1186\nLines:            203502\nTypes:            525783\nInstantiations:  3181709\nMemory used:      719242K\n";
  expect(describeDiagnostics("sources", readDiagnostics(printed))).toBe(
    "Against sources, the compiler reads 1,186 files with 203,502 lines, makes 525,783 types and 3,181,709 instantiations, and uses 702 MiB.",
  );
  expect(() => readDiagnostics("Files: 3\n")).toThrow("Lines");
});

test("an edit is made where its text stands once", () => {
  expect(edited("a b c", "x.ts", "b", "d")).toBe("a d c");
  expect(() => edited("a b b", "x.ts", "b", "d")).toThrow("x.ts");
  expect(() => edited("a c", "x.ts", "b", "d")).toThrow("x.ts");
});

import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCode } from "./bundle-code.ts";
import { bundleDeclarations } from "./bundle-declarations.ts";

/** The package as the workspace has it; its declarations must be there already. */
const workspaceFolder = fileURLToPath(new URL("..", import.meta.url));

/** The doors of the published package. The others are for this repository. */
const DOORS = [
  { name: "index", subpath: ".", elsewhere: {} },
  { name: "testing", subpath: "./testing", elsewhere: { "./index.ts": "./index.js" } },
] as const;

const PUBLISHED_FIELDS = ["name", "version", "description", "license", "type", "engines"];

function entries(): Record<string, { types: string; default: string }> {
  return Object.fromEntries(
    DOORS.map(({ name, subpath }) => [
      subpath,
      { types: `./${name}.d.ts`, default: `./${name}.js` },
    ]),
  );
}

/** What npm shall know: nothing to install beside, and nothing of the workspace. */
async function publishedManifest(): Promise<string> {
  const text = await readFile(path.join(workspaceFolder, "package.json"), "utf8");
  const workspace: unknown = JSON.parse(text);
  if (typeof workspace !== "object" || workspace === null) throw new Error("No manifest");
  const kept = Object.entries(workspace).filter(([field]) => PUBLISHED_FIELDS.includes(field));
  return JSON.stringify(
    { ...Object.fromEntries<unknown>(kept), sideEffects: false, exports: entries() },
    null,
    2,
  );
}

/** Libraries of which parts are bundled in: each by the package whose licence is theirs. */
const BUNDLED = [
  { parts: "@trpc/client and @trpc/server", of: "@trpc/client" },
  { parts: "eventsource-parser", of: "eventsource-parser" },
];

/** The licences of what was bundled in want to be passed on. */
async function thirdPartyNotice(): Promise<string> {
  const require = createRequire(import.meta.url);
  const notices = BUNDLED.map(async ({ parts, of }) => {
    const manifest = require.resolve(`${of}/package.json`);
    const license = await readFile(path.join(path.dirname(manifest), "LICENSE"), "utf8");
    return `Parts of ${parts} are in this package, under this licence:\n\n${license}`;
  });
  return (await Promise.all(notices)).join("\n");
}

/**
 * Builds the package that is published: one module and one file of declarations for each door, which
 * need nothing else.
 *
 * @param folder where to; replaced if it is there
 */
export async function buildRelease(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { name, elsewhere } of DOORS) {
    const source = path.join(workspaceFolder, "src", `${name}.ts`);
    const declarations = path.join(workspaceFolder, "dist", `${name}.d.ts`);
    await writeFile(path.join(folder, `${name}.js`), await bundleCode(source, elsewhere));
    await writeFile(
      path.join(folder, `${name}.d.ts`),
      await bundleDeclarations(declarations, elsewhere),
    );
  }
  await writeFile(path.join(folder, "package.json"), await publishedManifest());
  await writeFile(path.join(folder, "LICENSE-THIRD-PARTY"), await thirdPartyNotice());
  await copyFile(path.join(workspaceFolder, "README.md"), path.join(folder, "README.md"));
  await copyFile(path.join(workspaceFolder, "../../LICENSE"), path.join(folder, "LICENSE"));
}

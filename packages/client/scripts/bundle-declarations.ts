import path from "node:path";
import { type Plugin, rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { type Elsewhere, standaloneText } from "./standalone.ts";

/** Whose declarations become part of the bundle. */
const INLINED = /^@(?:lectern|trpc)\//u;

/**
 * The module that ties the router's type to the database and the server. Callers have no use for it,
 * so that the bundle gets an empty one.
 */
const CONTEXT_MODULE = /\/api\/dist\/trpc\/context\.d\.ts$/u;
const EMPTY_CONTEXT = "export interface RequestContext {}";

/** How the bundle finds what declarations import. */
function resolution(elsewhere: Elsewhere): Plugin {
  return {
    name: "lectern-declarations",
    resolveId: {
      order: "pre",
      handler(specifier, importer) {
        if (importer === undefined) return undefined;
        const kept = elsewhere[specifier];
        if (kept !== undefined) return { id: kept, external: true };
        if (specifier.startsWith(".")) {
          // Declarations name each other as sources: `./errors.ts` means `./errors.d.ts`.
          const declaration = specifier.replace(/(?<!\.d)\.ts$/u, ".d.ts");
          return specifier === declaration
            ? undefined
            : path.resolve(path.dirname(importer), declaration);
        }
        return INLINED.test(specifier) ? undefined : { id: specifier, external: true };
      },
    },
    load: {
      order: "pre",
      handler: (id) => (CONTEXT_MODULE.test(id) ? EMPTY_CONTEXT : undefined),
    },
  };
}

/**
 * Bundles declarations into one text that stands alone.
 *
 * @param file the declarations of a module, as `tsc` wrote them
 * @param elsewhere specifiers that stay imports, and what the bundle calls them
 * @throws Error when anything else would have to be imported
 */
export async function bundleDeclarations(file: string, elsewhere: Elsewhere = {}): Promise<string> {
  const bundle = await rolldown({
    input: file,
    plugins: [
      resolution(elsewhere),
      // The generator only writes declarations of sources, of which there are none; its default
      // would want a tsconfig.
      dts({
        dtsInput: true,
        generator: "oxc",
        emitDtsOnly: true,
        sourcemap: false,
        tsconfig: false,
      }),
    ],
  });
  return standaloneText(await bundle.generate({ format: "es" }), file, elsewhere);
}

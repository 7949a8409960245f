import { rolldown } from "rolldown";
import { type Elsewhere, standaloneText } from "./standalone.ts";

/**
 * Bundles a module with all that it imports into one that runs in browsers and in Node.
 *
 * @param file the module's source
 * @param elsewhere specifiers that stay imports, and what the bundle calls them
 * @param minify for measuring; what is published stays readable, as its users bundle it anyway
 * @throws Error when anything else would have to be imported
 */
export async function bundleCode(
  file: string,
  elsewhere: Elsewhere = {},
  minify = false,
): Promise<string> {
  const bundle = await rolldown({
    input: file,
    platform: "browser",
    // Part of tRPC's modules run when loaded, to no effect that anybody here needs.
    treeshake: {
      moduleSideEffects: false,
      propertyReadSideEffects: false,
      propertyWriteSideEffects: false,
      unknownGlobalSideEffects: false,
    },
    plugins: [
      {
        name: "kept-elsewhere",
        resolveId(specifier, importer) {
          const kept = importer === undefined ? undefined : elsewhere[specifier];
          return kept === undefined ? undefined : { id: kept, external: true };
        },
      },
    ],
  });
  return standaloneText(await bundle.generate({ format: "es", minify }), file, elsewhere);
}

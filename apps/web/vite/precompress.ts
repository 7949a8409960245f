import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(?:css|js)$/u;
/** Smaller files gain nothing that a network notices. */
const WORTH_BYTES = 1024;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/**
 * Puts compressed twins beside the files for browsers (`.br`, `.gz`), so that a server sends them as
 * they are instead of compressing for each visitor.
 */
export function precompress(): Plugin {
  return {
    name: "lectern:precompress",
    apply: "build",
    applyToEnvironment: (environment) => environment.name === "client",
    async writeBundle({ dir = "" }, bundle) {
      const files = Object.keys(bundle).filter((file) => COMPRESSIBLE.test(file));
      await Promise.all(
        files.map(async (file) => {
          const path = join(dir, file);
          const source = await readFile(path);
          if (source.length < WORTH_BYTES) return;
          const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
          await Promise.all([
            writeFile(`${path}.br`, await toBrotli(source, { params })),
            writeFile(`${path}.gz`, await toGzip(source, { level: 9 })),
          ]);
        }),
      );
    },
  };
}

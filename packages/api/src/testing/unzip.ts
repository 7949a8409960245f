import { strFromU8, unzipSync } from "fflate";

/** @param content of a ZIP file, as base64. @returns its files as text, by their names */
export function unzip(content: string): ReadonlyMap<string, string> {
  const files = unzipSync(Buffer.from(content, "base64"));
  return new Map(Object.entries(files).map(([name, file]) => [name, strFromU8(file)]));
}

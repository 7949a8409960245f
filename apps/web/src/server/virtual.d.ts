declare module "virtual:client-manifest" {
  /** Vite's list of the files built for browsers, by source file; `null` while developing. */
  const manifest: import("vite").Manifest | null;
  export default manifest;
  /** The style sheets built for browsers, by file. */
  export const styles: Readonly<Record<string, string>>;
}

declare module "virtual:client-manifest" {
  /** Vite's list of the files built for browsers, by source file; `null` while developing. */
  const manifest: import("vite").Manifest | null;
  export default manifest;
}

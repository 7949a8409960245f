import "./quick-start.ts";

/** The server as a service. */
const { serve } = await import("./serve.ts");
await serve(process.env, process.cwd());

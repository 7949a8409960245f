/**
 * The packages that carry Node's own binary say `"os": "linux"` where pnpm expects a list; as a list, each machine
 * downloads its own binary only.
 */
export const hooks = {
  readPackage(manifest) {
    for (const field of ["os", "cpu"]) {
      if (typeof manifest[field] === "string") manifest[field] = [manifest[field]];
    }
    return manifest;
  },
};

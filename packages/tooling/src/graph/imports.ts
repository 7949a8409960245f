import { parseSync } from "oxc-parser";

export interface Import {
  specifier: string;
  /** Whether nothing of it is left at run time. */
  isTypeOnly: boolean;
}

/**
 * Lists what a module imports and re-exports, `import()` with a literal included.
 *
 * @param file its name, which says what language it is in
 * @param source its text
 */
export function listImports(file: string, source: string): Import[] {
  const { module, errors } = parseSync(file, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);

  const imported = module.staticImports.map(({ start, end, moduleRequest }) => ({
    specifier: moduleRequest.value,
    // `import { type A } from "a"` still loads "a" where types are stripped.
    isTypeOnly: /^import\s+type\s/.test(source.slice(start, end)),
  }));
  const exported = module.staticExports.flatMap(({ start, end, entries }) => {
    const specifier = entries.find(({ moduleRequest }) => moduleRequest !== null)?.moduleRequest;
    const isTypeOnly = /^export\s+type\s/.test(source.slice(start, end));
    return specifier == null ? [] : [{ specifier: specifier.value, isTypeOnly }];
  });
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const literal = /^(["'`])([^"'`$]+)\1$/.exec(
      source.slice(moduleRequest.start, moduleRequest.end),
    );
    return literal?.[2] === undefined ? [] : [{ specifier: literal[2], isTypeOnly: false }];
  });
  return [...imported, ...exported, ...dynamic];
}

/** @returns the package that a specifier names, or nothing for a file, a built-in or a virtual module */
export function packageOf(specifier: string): string | undefined {
  if (/^(\.{0,2}\/|\.{1,2}$|node:|virtual:|#)/.test(specifier)) return undefined;
  const [scope, name] = specifier.split("/");
  return specifier.startsWith("@") ? `${scope}/${name}` : scope;
}

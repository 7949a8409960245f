import { OWNERS, ROOMS } from "./house.ts";
import type { Manifest } from "../workspace.ts";
import type { Edge, Node } from "./read-graph.ts";

const SCOPE = "@lectern/";

/** Each function below looks for one kind of fault, and returns a line for each that it finds. */
type Finder = (nodes: Node[]) => string[];

function everyDependency({ manifest }: Node): Record<string, string> {
  return {
    ...manifest.devDependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
    ...manifest.dependencies,
  };
}

function unique(lines: string[]): string[] {
  return [...new Set(lines)].sort();
}

/** Packages that are named after something else than their folder, or that have no room in the house. */
export const findStrangers: Finder = (nodes) =>
  nodes.flatMap(({ path, manifest }) => [
    ...(path in ROOMS ? [] : [`${path} has no room in house.ts`]),
    ...(manifest.name === SCOPE + path.split("/")[1] ? [] : [`${path} is named ${manifest.name}`]),
  ]);

/** Imports of packages that the house does not let a package know. */
export const findForbiddenImports: Finder = (nodes) =>
  unique(
    nodes.flatMap(({ path, edges }) => {
      const { knows, knowsTypesOf = [], testsKnow = [] } = ROOMS[path] ?? { knows: [] };
      function mayImport({ to, isTypeOnly, isShipped }: Edge) {
        const name = to.slice(SCOPE.length);
        if (!to.startsWith(SCOPE) || knows.includes(name)) return true;
        return (
          (isTypeOnly && knowsTypesOf.includes(name)) || (!isShipped && testsKnow.includes(name))
        );
      }
      return edges
        .filter((edge) => !mayImport(edge))
        .map(({ file, to }) => `${file} imports ${to}`);
    }),
  );

/** Dependencies on packages that the house does not let a package know, and of libraries that belong to others. */
export const findForbiddenDependencies: Finder = (nodes) =>
  nodes.flatMap((node) => {
    const { knows, knowsTypesOf = [], testsKnow = [] } = ROOMS[node.path] ?? { knows: [] };
    const known = [...knows, ...knowsTypesOf, ...testsKnow].map((name) => SCOPE + name);
    function isForbidden(name: string) {
      if (name.startsWith(SCOPE)) return !known.includes(name);
      const isForTests = !(name in node.manifest.dependencies);
      return OWNERS.some(
        ({ library, owners, testsOf = [] }) =>
          library.test(name) &&
          !(isForTests ? [...owners, ...testsOf] : owners).includes(node.path),
      );
    }
    return Object.keys(everyDependency(node))
      .filter(isForbidden)
      .map((name) => `${node.path} depends on ${name}`);
  });

/** Imports of packages that the manifest does not name, or names among those for development only. */
export const findUndeclaredImports: Finder = (nodes) =>
  unique(
    nodes.flatMap((node) => {
      const { manifest, edges } = node;
      const shipped = {
        ...manifest.dependencies,
        ...manifest.optionalDependencies,
        ...manifest.peerDependencies,
      };
      const all = everyDependency(node);
      return edges.flatMap(({ file, to, isTypeOnly, isShipped }) => {
        if (to === manifest.name) return [];
        // Types of a package without any come from @types.
        const names = [to, `@types/${to.replace(/^@/, "").replace("/", "__")}`];
        if (isTypeOnly ? names.some((name) => name in all) : to in all) {
          const { loadsInDevelopment = [] } = ROOMS[node.path] ?? {};
          const isMissingWhenShipped =
            isShipped && !isTypeOnly && !(to in shipped) && !loadsInDevelopment.includes(to);
          return isMissingWhenShipped ? [`${file} imports ${to}, a development dependency`] : [];
        }
        return [`${file} imports ${to}, which ${node.path} does not depend on`];
      });
    }),
  );

/** Circles of packages that depend on each other, development dependencies included. */
export const findCycles: Finder = (nodes) => {
  const byName = new Map(nodes.map((node) => [node.manifest.name, node]));
  const done = new Set<string>();

  function visit(node: Node, way: string[]): string[] {
    const { name } = node.manifest;
    if (way.includes(name)) return [[...way.slice(way.indexOf(name)), name].join(" → ")];
    if (done.has(name)) return [];
    const found = Object.keys(everyDependency(node)).flatMap((dependency) => {
      const next = byName.get(dependency);
      return next === undefined ? [] : visit(next, [...way, name]);
    });
    done.add(name);
    return found;
  }
  return nodes.flatMap((node) => visit(node, []));
};

/** Libraries that several packages depend on without sharing their version through the catalogue. */
export const findDivergingVersions: Finder = (nodes) => {
  const wanted = new Map<string, Map<string, string[]>>();
  for (const node of nodes) {
    for (const [name, version] of Object.entries(everyDependency(node))) {
      const versions = wanted.get(name) ?? new Map<string, string[]>();
      versions.set(version, [...(versions.get(version) ?? []), node.path]);
      wanted.set(name, versions);
    }
  }
  return [...wanted]
    .filter(([, versions]) => versions.size > 1)
    .map(([name, versions]) => {
      const each = [...versions].map(([version, paths]) => `${version} in ${paths.join(", ")}`);
      return `${name} is ${each.join("; ")}`;
    });
};

/** Dependencies within the workspace that are not links, and versions of others that are not exact. */
export const findLooseVersions: Finder = (nodes) =>
  nodes.flatMap((node) =>
    Object.entries(everyDependency(node))
      .filter(([name, version]) =>
        name.startsWith(SCOPE)
          ? version !== "workspace:*"
          : !/^(catalog:|npm:.+@\d|\d)/.test(version),
      )
      .map(([name, version]) => `${node.path} depends on ${name} ${version}`),
  );

/** Whether a package's types are those that the compiler emits, so that they have to be emitted first. */
function hasEmittedTypes({ exports }: Manifest): boolean {
  return JSON.stringify(exports).includes(`"types":"./dist/`);
}

/** Project references that don't match the packages that are depended on, so that they would be built too late. */
export const findWrongReferences: Finder = (nodes) => {
  const pathOf = new Map(nodes.map((node) => [node.manifest.name, node.path]));
  const emitted = nodes.filter(({ manifest }) => hasEmittedTypes(manifest)).map(({ path }) => path);
  return nodes.flatMap((node) => {
    const imported = node.edges
      .flatMap(({ to }) => pathOf.get(to) ?? [])
      .filter((path) => emitted.includes(path));
    const missing = imported.filter(
      (path) => path !== node.path && !node.references.includes(path),
    );
    const declared = Object.keys(everyDependency(node)).flatMap((name) => pathOf.get(name) ?? []);
    // A package may be built in parts: what is in its folder comes with it.
    const surplus = node.references.filter(
      (path) => !declared.some((other) => path === other || path.startsWith(`${other}/`)),
    );
    return [
      ...unique(missing).map((path) => `${node.path}/tsconfig.json lacks a reference to ${path}`),
      ...surplus.map(
        (path) => `${node.path}/tsconfig.json refers to ${path} without depending on it`,
      ),
    ];
  });
};

/** Tests that nothing runs, or that the sum of all tests would miss. */
export const findTestsOutsideTheSum: Finder = (nodes) =>
  nodes.flatMap(({ path, manifest, hasTests }) => [
    ...(hasTests && manifest.scripts["test"] === undefined
      ? [`${path} has tests, but no script`]
      : []),
    ...Object.entries(manifest.scripts)
      .filter(([name, script]) => /^test(:|$)/.test(name) && !script.startsWith("vitest run"))
      .map(([name, script]) => `${path} runs its ${name} by ${script}, not by vitest run`),
  ]);

/**
 * A cookie by its name, from a `Cookie` header. Two of a name are none: one of them was put there by
 * somebody else, such as a page of a neighbouring domain.
 */
export function singleCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? values[0] : undefined;
}

/**
 * @param text as somebody typed it, who looks for names in which it stands
 * @returns a pattern for LIKE: in small letters, anywhere, and with the wildcards of LIKE taken as they are
 */
export function partOf(text: string): string {
  const literal = text.toLowerCase().replace(/[\\%_]/gu, (character) => `\\${character}`);
  return `%${literal}%`;
}

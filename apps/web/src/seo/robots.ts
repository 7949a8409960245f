import { pathIn } from "../language/addresses.ts";
import { languages } from "../language/languages.ts";

/** What is of single bookings. */
const OF_BOOKINGS = ["/book/", "/bookings/"];

/** What search engines may fetch: everything but single bookings and the way to them. */
export function robots(origin: string): string {
  const lines = [
    "User-agent: *",
    ...languages().flatMap((language) =>
      OF_BOOKINGS.map((path) => `Disallow: ${pathIn(language, path)}`),
    ),
    "Disallow: /trpc",
    "",
    `Sitemap: ${origin}/sitemap.xml`,
  ];
  return `${lines.join("\n")}\n`;
}

import { arches } from "./families/arches.tsx";
import { arcs } from "./families/arcs.tsx";
import { channels } from "./families/channels.tsx";
import { cutouts } from "./families/cutouts.tsx";
import { disks } from "./families/disks.tsx";
import { guilloche } from "./families/guilloche.tsx";
import { rings } from "./families/rings.tsx";
import { strata } from "./families/strata.tsx";
import { tiles } from "./families/tiles.tsx";
import { weave } from "./families/weave.tsx";
import type { Motif } from "./motif.ts";
import { PRINTINGS, type Printing } from "./palette.ts";
import { hash, pick, seeded } from "./random.ts";
import "./course-cover.css";

interface Family {
  readonly motif: Motif;
  readonly printing: Printing;
}

/** What the covers of a topic have in common. */
const FAMILIES: Readonly<Record<string, Family>> = {
  "architecture-and-leadership": { motif: arches, printing: PRINTINGS.brick },
  "artificial-intelligence": { motif: arcs, printing: PRINTINGS.iris },
  cloud: { motif: strata, printing: PRINTINGS.sky },
  "data-engineering": { motif: channels, printing: PRINTINGS.amber },
  databases: { motif: disks, printing: PRINTINGS.fern },
  devops: { motif: rings, printing: PRINTINGS.rose },
  "programming-languages": { motif: tiles, printing: PRINTINGS.navy },
  security: { motif: guilloche, printing: PRINTINGS.pine },
  "user-experience": { motif: cutouts, printing: PRINTINGS.lemon },
  web: { motif: weave, printing: PRINTINGS.lagoon },
};

const MOTIFS = [
  arches,
  arcs,
  strata,
  channels,
  disks,
  rings,
  tiles,
  guilloche,
  cutouts,
  weave,
] as const;
const ALL_PRINTINGS = [
  PRINTINGS.brick,
  PRINTINGS.iris,
  PRINTINGS.sky,
  PRINTINGS.amber,
  PRINTINGS.fern,
  PRINTINGS.rose,
  PRINTINGS.navy,
  PRINTINGS.pine,
  PRINTINGS.lemon,
  PRINTINGS.lagoon,
] as const;

/** Topics that nobody drew for get a family of their own as well: always the same one. */
function familyOf(topic: string): Family {
  const known = FAMILIES[topic];
  if (known !== undefined) return known;
  const random = seeded(hash(topic));
  return { motif: pick(random, MOTIFS), printing: pick(random, ALL_PRINTINGS) };
}

const WIDTH = 320;
const HEIGHT = 200;

/**
 * The cover of a course: a drawing that its topic and slug decide, and nothing else.
 *
 * @param topic slug of the course's first topic; without one, the course's own decides
 * @param seed the course's slug
 */
export function CourseCover({ topic, seed }: { topic: string | undefined; seed: string }) {
  const { motif, printing } = familyOf(topic ?? seed);
  const random = seeded(hash(seed));
  const inks = pick(random, printing);
  return (
    <svg
      className="course-cover"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      focusable="false"
    >
      <rect width={WIDTH} height={HEIGHT} fill={inks.ground} />
      {motif({ random, inks, width: WIDTH, height: HEIGHT })}
    </svg>
  );
}

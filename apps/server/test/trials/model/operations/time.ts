import { TICK } from "../engine/clock.ts";
import { passTime } from "../engine/pass-time.ts";
import type { Kind } from "../operation.ts";
import { DAY } from "../rules/academy.ts";

interface TimeArgs {
  readonly ticks: number;
}

/** Time passes, and nothing else happens. */
export const letTimePass: Kind<TimeArgs> = {
  name: "letTimePass",
  weight: 9,
  draw(dice) {
    const minutes = dice.chance(88)
      ? dice.pick(5, 5, 10, 10, 15, 30)
      : dice.pick(60, 5 * 60, DAY, 2 * DAY, 9 * DAY);
    return { ticks: minutes / TICK };
  },
  rule(academy, { ticks }) {
    academy.now += ticks * TICK;
    return null;
  },
  async call(world, { ticks }) {
    await passTime(world, ticks * TICK);
    return null;
  },
};

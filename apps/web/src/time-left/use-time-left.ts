import { useEffect, useEffectEvent, useState } from "react";

/** How often the time left is looked at: seconds do not visibly stumble. */
const TICK_MS = 250;

/**
 * @param deadline on this device's clock
 * @param onEnd called once when it has passed
 * @returns whole seconds until then
 */
export function useTimeLeft(deadline: number, onEnd: () => void): number {
  const [now, setNow] = useState(() => Date.now());
  const seconds = Math.max(0, Math.ceil((deadline - now) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const isOver = seconds === 0;
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (isOver) end();
  }, [isOver]);
  return seconds;
}

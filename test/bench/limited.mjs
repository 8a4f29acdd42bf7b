// An endpoint that turns away what is above 600 requests a minute: nothing may fail, and no time may be lost.
import { runJob } from "./commands.mjs";
import { beside } from "./process.mjs";

const PER_MINUTE = 600;
const COUNT = 900;
/** The endpoint takes a tenth of a minute's requests at once. */
const IDEAL = ((COUNT - PER_MINUTE / 10) / PER_MINUTE) * 60;

export const limited = {
  name: "limited",
  isOnlyFull: true,
  measure: () =>
    beside({ latency: 50, rpm: PER_MINUTE }, async (url) => {
      const found = await runJob("fill", COUNT, { url, slots: 64, flags: ["--rpm", String(PER_MINUTE)] });
      return { ideal: IDEAL, asked: COUNT, ...found };
    }),
  show: ({ ideal, asked, requests, refused, wall }) => [
    `Limit of ${PER_MINUTE} requests a minute: ${requests} of ${asked} answered, ${refused} turned away, ` +
      `${wall.toFixed(1)} s; ideal ${ideal.toFixed(1)} s (${(wall / ideal).toFixed(2)}).`,
  ],
};

// Plays traces with the browser's machine and prints the state after each event; `asked` where only the server knows.
import { readFileSync } from "node:fs";

const [, , folder, file] = process.argv;
const { worldOf } = await import(`file://${folder}/world.js`);
const { asks, step } = await import(`file://${folder}/machine.js`);
const plays = JSON.parse(readFileSync(file, "utf8"));
const out = plays.map(({ world, state, events, states }) => {
  const known = worldOf(world);
  return events.map((event, place) => {
    if (asks(known, state, event)) { state = states[place]; return "asked"; }
    const after = step(known, state, event);
    if (after) state = { ...after, seen: [...after.seen].sort() };
    return after ? state : null;
  });
});
process.stdout.write(JSON.stringify(out));

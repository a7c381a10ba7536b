import { select, concurrent } from "./runtime/concurrency.js";
import { Channel } from "./runtime/channels.js";
import { assert_eq, range, Some, Ok } from "./runtime/core.js";

const commands = new Channel(1);
const events = new Channel(2);
await events.send("saved");

async function next() {
  const selected = await select([{ receive: commands }, { receive: events }, { timeout: 5 }]);
  if (selected.index === 0) {
    const command = selected.value;
    return `do ${command}`;
  } else if (selected.index === 1) {
    const event = selected.value;
    const text = `${event}!`;
    return text;
  } else if (selected.index === 2) {
    return "nothing";
  }
}

assert_eq([await next(), await next()], ["saved!", "nothing"]);

// `break` and `return` in a case are those of the code around it.
async function drain(limit) {
  const seen = [];
  for (const i of range(0, limit)) {
    const selected = await select([{ receive: events }, { otherwise: true }]);
    if (selected.index === 0) {
      seen.push("event");
    } else if (selected.index === 1) {
      if (i === 2) {
        break;
      }
      const selected2 = await select([{ send: events, value: i }]);
      if (selected2.index === 0) {
        seen.push("sent");
      }
    }
  }
  return seen;
}

assert_eq(await drain(4), ["sent", "event"]);

// Without room for values the two sides meet.
const meeting = new Channel();

const [, heard] = await concurrent([
  async () => {
    const selected = await select([{ send: meeting, value: "hi" }]);
    if (selected.index === 0) {
      return null;
    }
  },
  async () => await meeting.receive(),
]);

assert_eq(heard, Ok(Some("hi")));

import { select } from "./runtime/concurrency.js";
import { Some, None, assert_eq, range } from "./runtime/core.js";

function channel(values) {
  return {
    tryReceive: () => {
      if (values.length > 0) {
        return Some(values.shift());
      } else {
        return None;
      }
    },
    trySend: (value) => {
      values.push(value);
      return true;
    },
    closed: false,
    watch: (changed) => () => null,
  };
}

const commands = channel([]);
const events = channel(["saved"]);

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

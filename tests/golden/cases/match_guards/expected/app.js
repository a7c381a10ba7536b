import { failed, inner } from "./runtime/operators.js";
import { Ok, Err, assert_eq, print } from "./runtime/core.js";

function low(x) {
  if (x > 5) {
    return Ok(true);
  } else {
    return Err("low");
  }
}

// A guard may need statements, and may leave the function.
function name_of(v) {
  if (v === 0) {
    return "zero";
  } else {
    {
      const outcome = low(v);
      if (failed(outcome)) return outcome;
      if (inner(outcome)) {
        const n = v;
        return `big ${n}`;
      }
    }
    if (Array.isArray(v) && v.length >= 1) {
      const items = [];
      for (const x of v.slice(1)) {
        for (const y of v.slice(1)) {
          items.push(x * y);
        }
      }
      if (items.length > 1) {
        return "square";
      }
    }
    return "never";
  }
}

assert_eq(name_of(0), "zero");
assert_eq(name_of(9), "big 9");
assert_eq(name_of(1), Err("low"));

// An arm that does not leave the function leaves the match.
function count(limit) {
  let hits = 0;
  for (let i = 0; i < 3; i++) {
    matched: {
      {
        let result;
        if (i === 1) {
          result = true;
        } else {
          const t = limit > 5;
          result = t;
        }
        if (result) {
          const n = i;
          hits += 1;
          if (n === 2) {
            continue;
          }
          break matched;
        }
      }
      print(`miss ${i}`);
    }
  }
  return hits;
}

assert_eq(count(1), 1);
assert_eq(count(9), 3);

// As a value: the name gets nil where no arm fits.
function chosen(v) {
  let found;
  matched: {
    {
      const outcome = low(v);
      if (failed(outcome)) return outcome;
      if (inner(outcome)) {
        const n = v;
        found = n;
        break matched;
      }
    }
    found = null;
  }
  return [found, 1];
}

assert_eq(chosen(7), [7, 1]);
const pick = (v) => {
  {
    const items = [];
    for (const x of [v]) {
      for (const y of [v]) {
        items.push(x);
      }
    }
    if (items.length > 5) {
      return "a";
    }
  }
  return "b";
};
assert_eq(pick(1), "b");

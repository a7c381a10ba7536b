// Values of a wrong type for parameters of every kind of type, and right ones. A row of `takes`: function, value, what is said of it;
// nothing where it is right, and then it comes back.
const takes = [
  ["takes_text", "x"], ["takes_text", null], ["takes_text", 1, "it must be a string"], ["takes_text", {}, "it must be a string"],
  ["takes_mood", "calm"], ["takes_mood", "wild"],
  ...["loud", "Calm", "", 0, true, ["calm"], { __tag: "calm" }].map((value) => ["takes_mood", value, 'it must be "calm" or "wild"']),
  ["takes_mood", null, "it is required"],
  ["takes_moods", ["calm", "wild"]], ["takes_moods", []], ["takes_moods", ["calm", "loud"], 'it[1] must be "calm" or "wild"'], ["takes_moods", "calm", "it must be a list"],
  ["takes_id", 7], ["takes_id", "new"], ["takes_id", "old", 'it must be an integer or "new"'], ["takes_id", 1.5, 'it must be an integer or "new"'],
  ["takes_only", "diary"], ["takes_only", "x", 'it must be "diary"'],
  ["takes_nil", null], ["takes_nil", false, "it must be nil"],
  ["takes_number", 1.5], ["takes_number", "1", "it must be a number"],
  ["takes_list", [1, "a"]], ["takes_list", "a", "it must be a list"],
  ["takes_entry", { mood: "calm", pages: null }], ["takes_entry", { mood: "calm", pages: 3 }],
  ["takes_entry", { mood: "loud", pages: "3" }, 'it.mood must be "calm" or "wild"', "it.pages must be an integer"],
  ["takes_tree", { name: "a", next: { name: "b", next: null, around: [] }, around: ["c", { name: "d", around: [] }] }],
  ["takes_tree", { name: "a", next: { name: 1, around: [] }, around: [] }, "it.next.name must be a string"],
  ["takes_tree", { name: "a", around: [{ name: "b", around: [7] }] }, "it.around[0].around[0] must be an object or a string"],
  ["takes_tree", { name: "a", around: [{ name: 7, around: [] }] }, "it.around[0].name must be a string"],
  ["takes_pair", { left: null, right: 1 }], ["takes_pair", { left: "new", right: 1 }],
  ["takes_pair", { left: "old", right: null }, 'it.left must be an integer or "new"', "it.right is required"],
  ["takes_figure", "none"], ["takes_figure", { __tag: "Dot" }], ["takes_figure", { __tag: "Circle", r: 2 }],
  ["takes_figure", "some", 'it must be Circle or Dot or "none"'], ["takes_figure", { __tag: "Circle", r: "2" }, "it.r must be a number"],
  ...["tomorrow", "2026-02-31x", "2026-13-01", 1769860800000, true, {}].map((value) => ["takes_date", value, "it must be a date"]),
  ["takes_date", null, "it is required"], ["takes_dates", { from: "x", all: ["y"] }, "it.from must be a date", "it.all[0] must be a date"],
  ["takes_page", { left: null, right: [1] }], ["takes_page", { left: 1, right: 2 }, "it.left must be a list", "it.right must be a list"],
  ["takes_set", ["calm", "wild"]], ["takes_set", ["loud"], 'it[0] must be "calm" or "wild"'], ["takes_set", { calm: 1 }, "it must be a list"],
  ["takes_any_set", 1, "it must be a list"], ["takes_any_map", [1], "it must be an object"], ["takes_any_map", "a", "it must be an object"],
  ["takes_sets", { a: [1, 2], b: [] }], ["takes_sets", { a: [1, "2"] }, "it.a[1] must be an integer"],
  ["takes_amount", 1.5], ["takes_amount", true, "it must be an integer or a number or a string"],
  ["takes_tuple", [null, "calm"]], ["takes_tuple", ["1", "loud"], "it[0] must be an integer", 'it[1] must be "calm" or "wild"'],
];

const request = (name, it) => ({ path: `/rpc/${name}`, body: { __args: [it] } });
const refusal = (...details) => ({ status: 400, body: { error: "Validation failed", details } });

/** Unions within unions, wrong at the end: no answer may take long. */
const nested = (depth) => (depth === 0 ? { next: "end" } : { next: nested(depth - 1) });

export const rows = [
  ...takes.map(([name, value, ...details]) => [
    `${JSON.stringify(value)} for ${name}`, request(name, value), details.length === 0 ? { status: 200, body: { result: value } } : refusal(...details),
  ]),
  ...[["2026-01-31T12:00:00.000Z", 1769860800000], ["2026-01-31", 1769817600000]].map(([text, time]) => [
    `the date ${text}`, request("takes_date", text), { status: 200, body: { result: time } },
  ]),
  ["dates in a record", request("takes_dates", { from: null, all: ["2026-01-31T12:00:00.000Z"] }), { status: 200, body: { result: "2026-01-31T12:00:00.000Z" } }],
  ["a date in a path", { method: "GET", path: "/days/2026-01-31" }, { status: 200, body: 1769817600000 }],
  ["no date in a path", { method: "GET", path: "/days/tomorrow" }, refusal("it must be a date")],
  ["a Set counts nothing twice", request("takes_set", ["calm", "wild", "calm"]), { status: 200, body: { result: ["calm", "wild"] } }],
  ["a Set of anything", request("takes_any_set", [1, 1, "1"]), { status: 200, body: { result: 2 } }],
  ["a Map of anything", request("takes_any_map", { a: 1, b: [] }), { status: 200, body: { result: 2 } }],
  ["a Set from a query", { method: "GET", path: "/sets?it=calm&it=wild&it=calm" }, { status: 200, body: ["calm", "wild"] }],
  ["a Set from a query with a wrong part", { method: "GET", path: "/sets?it=calm&it=loud" }, refusal('it[1] must be "calm" or "wild"')],
  ["types that hold a union of each other, 80 deep", request("takes_ends", nested(80)), { status: 400 }],
  ["a default of a union", { path: "/rpc/takes_default", body: {} }, { status: 200, body: { result: ["calm", 3] } }],
  ["nil for what has a default", { path: "/rpc/takes_default", body: { mood: null, pages: null } }, { status: 200, body: { result: ["calm", 3] } }],
  ["a wrong value for what has a default", { path: "/rpc/takes_default", body: { mood: "loud", pages: "3" } }, refusal('mood must be "calm" or "wild"', "pages must be an integer")],
  ["a parameter that is taken apart", { path: "/rpc/takes_apart", body: { __args: [{ mood: "calm", pages: 1 }, [3, 4]] } }, { status: 200, body: { result: ["calm", 1, 3, 4] } }],
  ["wrong parts of parameters that are taken apart", { path: "/rpc/takes_apart", body: { __args: [{ mood: "loud" }, ["3"]] } }, refusal('argument 1.mood must be "calm" or "wild"', "argument 2[0] must be an integer")],
  ["nothing to take apart", { path: "/rpc/takes_apart", body: { __args: [] } }, refusal("argument 1 is required")],
  ["a function that needs a function has no endpoint", { path: "/rpc/takes_function", body: { __args: [1] } }, { status: 404 }],
  ["nobody can send a function", { path: "/rpc/takes_function_or_not", body: { __args: [1, 2] } }, refusal("by must be nil")],
  ["no function", { path: "/rpc/takes_function_or_not", body: { __args: [1] } }, { status: 200, body: { result: 1 } }],
  ["one text of several in a path", { method: "GET", path: "/moods/calm" }, { status: 200, body: "calm" }],
  ["another text in a path", { method: "GET", path: "/moods/loud" }, refusal('it must be "calm" or "wild"')],
  ["a record of a model", { path: "/rpc/keep_day", body: { fields: { mood: "calm", first: "new" } } }, { status: 200, body: { result: ["calm", null, "new"] } }],
  ["a record of a model with what may be nil", { path: "/rpc/keep_day", body: { fields: { mood: "wild", pages: 3, first: 1 } } }, { status: 200, body: { result: ["wild", 3, 1] } }],
  ["a row with a Set and dates is saved again", { path: "/rpc/keep_again", body: { days: ["1970-01-01", "1970-01-02"] } }, { status: 200, body: { result: [2, [0, 86400000]] } }],
  ["dates of a row that are none", { path: "/rpc/keep_again", body: { days: ["no date", 3] } }, refusal("days[0] must be a date", "days[1] must be a date")],
  ["a record of a model with wrong values", { path: "/rpc/keep_day", body: { fields: { mood: "loud", pages: "3", first: "old" } } }, { status: 400 }],
];

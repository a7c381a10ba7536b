// Bodies that are broken, huge, deep, of another kind, or of a wrong type at some depth. A row: name, what is sent, what has to
// come back (a status, or several; `body` where the whole answer is known).
const rpc = (name, body, more = {}) => ({ path: `/rpc/${name}`, body, ...more });
const person = { name: "Ann", age: 40, emails: ["a@b.c"], address: { street: "Way 1", zip: "123" }, nickname: { __tag: "None" }, mood: { __tag: "Happy" } };
const wrong = (change, ...details) => [`${JSON.stringify(change)} in a record`, rpc("greet", { __args: [{ ...person, ...change }] }), { status: 400, body: { error: "Validation failed", details } }];
const deep = (depth, open, close) => open.repeat(depth) + close.repeat(depth);

export const rows = [
  ["a good call is answered", rpc("greet", { __args: [person] }), { status: 200, body: { result: "hello Ann, 41" } }],

  // Not JSON, or not an object.
  ...["{", "{\"name\":", "nothing", "[1,2", "\u0000", "{\"a\":1}}", "NaN", "undefined", "{'a':1}", "// x"].map((body) => [
    `broken JSON: ${JSON.stringify(body)}`, rpc("greet", body), { status: 400 },
  ]),
  ...["null", "1", "\"text\"", "true", "[]", "[1]"].map((body) => [`JSON that is no object: ${body}`, rpc("greet", body), { status: 400 }]),
  ["bytes that are no UTF-8", rpc("greet", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])), { status: 400 }],
  ["no body at all", rpc("greet", ""), { status: 400 }],
  ...[["text", "\"x\""], ["object", "{\"0\":1}"], ["number", "5"], ["true", "true"]].map(([kind, args]) => [
    `__args that is ${kind}`, rpc("greet", `{"__args":${args}}`), { status: 400 },
  ]),

  // Kinds of body.
  ...["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/jsonx"].map((type) => [
    `content type ${type}`, rpc("greet", "{}", { headers: { "content-type": type } }), { status: 415 },
  ]),
  ["content type with a charset", rpc("alive", "{}", { headers: { "content-type": "application/json; charset=utf-8" } }), { status: 200 }],

  // Too much.
  ["a body over the limit, by its length", rpc("echo", JSON.stringify({ text: "x".repeat(70_000) })), { status: 413 }],
  ["a route's body over the limit", { method: "POST", path: "/notes", body: JSON.stringify({ title: "x".repeat(70_000), text: "" }) }, { status: 413 }],
  ["a body that only grows", { path: "/rpc/echo", stream: 200_000 }, { status: 413 }],
  ["nesting of 20,000 lists", rpc("total", `{"__args":[${deep(20_000, "[", "]")}]}`), { status: [400, 413] }],
  ["nesting of 8,000 objects", rpc("echo", `{"__args":[${'{"a":'.repeat(8_000)}1${"}".repeat(8_000)}]}`), { status: [200, 400, 500] }],
  ["5,000 keys", rpc("pollution", `{${Array.from({ length: 5_000 }, (_, i) => `"k${i}":1`).join()}}`), { status: 200 }],
  ["a number beyond all numbers", rpc("greet", `{"__args":[${JSON.stringify(person).replace("40", "1e999")}]}`), { status: 400 }],

  // Wrong types at every depth of a record.
  wrong({ name: 1 }, "person.name must be a string"),
  wrong({ name: null }, "person.name is required"),
  wrong({ name: undefined }, "person.name is required"),
  wrong({ age: "40" }, "person.age must be an integer"),
  wrong({ age: 1.5 }, "person.age must be an integer"),
  wrong({ emails: "a@b.c" }, "person.emails must be a list"),
  wrong({ emails: ["a", 2] }, "person.emails[1] must be a string"),
  wrong({ emails: [{ toString: "x" }] }, "person.emails[0] must be a string"),
  wrong({ address: null }, "person.address is required"),
  wrong({ address: { street: "x" } }, "person.address.zip is required"),
  wrong({ address: { street: [], zip: "1" } }, "person.address.street must be a string"),
  wrong({ address: 5, age: "x" }, "person.age must be an integer", "person.address must be an object"),
  [ "a variant that there is not", rpc("greet", { __args: [{ ...person, mood: { __tag: "Angry" } }] }), { status: 400 }],
  [ "a variant with a field of a wrong type", rpc("greet", { __args: [{ ...person, mood: { __tag: "Sad", reason: 1 } }] }), { status: 400 }],
  [ "a variant named like a method", rpc("greet", { __args: [{ ...person, mood: { __tag: "constructor" } }] }), { status: 400 }],
  [ "an option of a wrong type", rpc("greet", { __args: [{ ...person, nickname: { __tag: "Some", value: 7 } }] }), { status: 400 }],
  [ "an option of a wrong type, as the value itself", rpc("greet", { __args: [{ ...person, nickname: 7 }] }), { status: 400, body: { error: "Validation failed", details: ["person.nickname must be a string"] } }],
  [ "options in a list of a wrong type", rpc("optional", { __args: [1, [2, "3"]] }), { status: 400, body: { error: "Validation failed", details: ["more[1] must be an integer"] } }],

  // Option<T> is Some or None inside, however it comes.
  ...[
    [{ __args: [3] }, [3]], [{ n: 3 }, [3]], [{ __args: [null] }, [-1]], [{}, [-1]], [{ __args: [] }, [-1]], [{ __args: [0] }, [0]],
    [{ __args: [{ __tag: "Some", value: 3 }] }, [3]], [{ __args: [{ __tag: "None" }] }, [-1]],
    [{ n: { __tag: "Some", value: 4 }, more: [1, null, { __tag: "Some", value: 2 }, { __tag: "None" }] }, [4, 1, -1, 2, -1]],
  ].map(([body, result]) => [`an option as ${JSON.stringify(body)}`, rpc("optional", body), { status: 200, body: { result } }]),
  ...[["Nan", "Nan"], [null, "none"], [undefined, "none"], [{ __tag: "Some", value: "Nan" }, "Nan"], [{ __tag: "None" }, "none"]].map(([nickname, result]) => [
    `the field of an option that is ${JSON.stringify(nickname)}`, rpc("nickname_of", { __args: [{ ...person, nickname }] }), { status: 200, body: { result } },
  ]),

  // What a route says of its body holds for the endpoint of its function.
  ...[{ path: "/move" }, { path: "/rpc/move_to" }].flatMap((request) => [
    [`the body of a route, ${request.path}`, { ...request, body: { street: "Way", zip: "1" } }, { status: 200 }],
    [`a field of a wrong type in it, ${request.path}`, { ...request, body: { street: "Way", zip: 1 } }, { status: 400 }],
    [`a field that it lacks, ${request.path}`, { ...request, body: { street: "Way" } }, { status: 400 }],
  ]),
  ["the body of a route as an argument", rpc("keep", { __args: [person] }), { status: 200, body: { result: 41 } }],
  ["the body of a route of a wrong type as an argument", rpc("keep", { __args: [{ ...person, age: "40" }] }), { status: 400, body: { error: "Validation failed", details: ["body.age must be an integer"] } }],
  ["nothing for the body of a route as an argument", rpc("keep", {}), { status: 400 }],

  // A variant without fields is equal to what has come as its data.
  ["a variant as data is equal to its name", rpc("is_happy", { __args: [{ __tag: "Happy" }] }), { status: 200, body: { result: true } }],
  ...[{ __tag: "Sad", reason: "" }, "Happy", null, 1, ["Happy"]].map((mood) => [
    `${JSON.stringify(mood)} is not equal to the name of a variant`, rpc("is_happy", { __args: [mood] }), { status: 200, body: { result: false } },
  ]),

  [ "lists of lists", rpc("total", { __args: [[[1, 2], [3, "4"]]] }), { status: 400, body: { error: "Validation failed", details: ["rows[1][1] must be an integer"] } }],
  [ "more arguments than parameters", rpc("total", { __args: [[[1]], "more", {}] }), { status: 200, body: { result: 1 } }],
];

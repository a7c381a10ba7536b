// What the RPC documents say of calls in general, by a page's own runtime against a running server:
// a program of ours, as theirs has none of these cases.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bun, folder, run } from "../harness/program.mjs";
import { shared, test } from "../harness/test.mjs";
import { startApplication } from "../harness/application.mjs";

const program = `
shared {
  type Outcome { Done(id: Int, at: Place) Failed(reason: String) }
  type Mood { Calm Angry(at: String) }
  type Place { town: String, zone: String = "UTC" }
  type Age = Int where { it >= 0 and it < 150 }
  impl Outcome {
    fn text(self) {
      match self {
        Done(id, at) => "{id} in {at.town} ({at.zone})"
        Failed(reason) => "failed: {reason}"
      }
    }
  }
}
server {
  var calls = 0
  fn count() { calls }
  fn get_user(id: Int) {
    calls += 1
    { id: id, name: "user {id}" }
  }
  fn get_users_batch(ids: [Int]) {
    calls += 1
    [{ id: id, name: "user {id}" } for id in ids]
  }
  fn risky_operation(fine: Bool) { if fine { Ok([1, 2]) } else { Err("not today") } }
  fn throws() {
    nothing = nil
    nothing.member
  }
  fn process(f) { f }
  fn settings(theme: { dark: Bool, names: [[String]] }) { theme }
  fn outcome(id: Int) -> Outcome { if id > 0 { Done(id, Place("Rome")) } else { Failed("no id") } }
  fn is_calm(mood: Mood) { mood == Calm }
  fn zone(place: Place) { place.zone }
  fn grow(age: Age, by: [Age]) { age + len(by) }
  fn kinds(a: Option<Int>, b: Int | String, c: (Int, Bool), limit: Int = 10) { [a, b, c, limit] }
}
browser {
  state shown = ""
  effect { shown = server.outcome(1).text() }
  component App { <p>{shown}</p> }
}
`;

const running = shared(async (t) => {
  const cwd = folder(t, { "app.tova": program });
  return { cwd, app: await startApplication(t, cwd) };
});

/** Runs statements with \`rpc\` of the page's runtime; what they give is the answer. */
async function inPage(statements) {
  const { cwd, app } = await running();
  const text = `
    import { rpc, configureRPC, addRPCInterceptor } from ${JSON.stringify(join(cwd, ".tova-out/runtime/rpc.js"))};
    configureRPC(${JSON.stringify(app.url("/"))});
    const failed = (promise) => promise.then(() => { throw new Error("it did not fail"); }, (error) => error);
    console.log(JSON.stringify(await (async () => { ${statements} })()));`;
  const { code, stdout, stderr } = await run(bun, ["-e", text]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

test("rpc-client.md: a server function that throws makes the call throw, and tells the page nothing of the error", async () => {
  const error = await inPage(`
    const error = await failed(rpc("throws"));
    return { status: error.status, functionName: error.functionName, message: error.message, body: error.body };`);
  assert.deepEqual(error, {
    status: 500,
    functionName: "throws",
    message: 'RPC throws failed: 500 Internal Server Error: {"error":"Internal server error"}',
    body: '{"error":"Internal server error"}',
  });
});

test("rpc-client.md: Ok and Err of a server function have their methods in the page", async () => {
  const answers = await inPage(`
    const [fine, not] = [await rpc("risky_operation", [true]), await rpc("risky_operation", [false])];
    return [fine.isOk(), fine.unwrap(), not.isErr(), not.unwrapOr("x"), not.error];`);
  assert.deepEqual(answers, [true, [1, 2], true, "x", "not today"]);
});

test("rpc-client.md: primitives, lists and plain objects cross as they are; functions do not", async () => {
  const [settings, nested, refused] = await inPage(`
    const settings = await rpc("settings", [{ dark: true, names: [["a"], []] }]);
    const nested = await failed(rpc("settings", [{ dark: true, names: [["a"], [5]] }]));
    return [settings, nested.details, (await failed(rpc("process", [(x) => x + 1]))).message];`);
  assert.deepEqual(settings, { dark: true, names: [["a"], []] });
  assert.deepEqual(nested, ["theme.names[1][0] must be a string"]);
  assert.equal(refused, "RPC process failed: a function cannot be sent");
});

test("rpc-client.md: every annotated type is validated, and a parameter with a default may be absent", async () => {
  const answers = await inPage(`
    return [
      await rpc("kinds", [null, "x", [1, true]]),
      await rpc("kinds", [3, 5, [1, true], 2]),
      (await failed(rpc("kinds", ["3", true, [1], 1.5]))).details,
    ];`);
  assert.deepEqual(answers[0], [{ __tag: "None" }, "x", [1, true], 10]);
  assert.deepEqual(answers[1], [{ __tag: "Some", value: 3 }, 5, [1, true], 2]);
  assert.deepEqual(answers[2], [
    "a must be an integer", "b must be an integer or a string", "c must be a list of 2 items", "limit must be an integer",
  ]);
});

test("rpc-client.md: fields with defaults are filled, and conditions of types are asked", async () => {
  const answers = await inPage(`
    return [
      await rpc("zone", [{ town: "Rome" }]), await rpc("zone", [{ town: "Rome", zone: "CET" }]),
      (await failed(rpc("zone", [{ town: 1, zone: 2 }]))).details,
      await rpc("grow", [3, [1, 2]]), (await failed(rpc("grow", [200, [1, -1]]))).details,
    ];`);
  assert.deepEqual(answers, [
    "UTC", "CET", ["place.town must be a string", "place.zone must be a string"], 5, ["age is not valid", "by[1] is not valid"],
  ]);
});

test("rpc-client.md: each call is one request, and a batch is one", async () => {
  const { app } = await running();
  const before = (await app.call("count")).body.result;
  await inPage('return [await rpc("get_user", [1]), await rpc("get_user", [2])];');
  assert.equal((await app.call("count")).body.result, before + 2);
  const batch = await inPage('return rpc("get_users_batch", [[1, 2, 3]]);');
  assert.deepEqual(batch.map(({ name }) => name), ["user 1", "user 2", "user 3"]);
  assert.equal((await app.call("count")).body.result, before + 3);
});

test("rpc-client.md: endpoints take the standard request of any client", async () => {
  const { app } = await running();
  const answer = await fetch(app.url("/rpc/get_user"), { method: "POST", headers: { "content-type": "application/json" }, body: '{"id":7}' });
  assert.deepEqual(await answer.json(), { result: { id: 7, name: "user 7" } });
});

test("rpc-client.md: an interceptor sends a token with each call and is told of a refusal", async () => {
  const seen = await inPage(`
    const seen = [];
    addRPCInterceptor({
      request({ functionName, options }) { seen.push("to " + functionName); options.headers["Authorization"] = "Bearer t"; return options; },
      response(data, { functionName }) { seen.push("from " + functionName); },
      error(error) { seen.push(error.status); return false; },
    });
    await rpc("get_user", [1]);
    seen.push(await rpc("nobody") === undefined);
    return seen;`);
  assert.deepEqual(seen, ["to get_user", "from get_user", "to nobody", 404, true]);
});

for (const [what, path, options, status, body] of [
  ["bad JSON answers 400", "/rpc/get_user", { body: "{" }, 400, { error: "Invalid JSON", details: ["the body is not JSON"] }],
  ["a list as the body answers 400", "/rpc/get_user", { body: "[1]" }, 400, { error: "Invalid JSON", details: ["the body must be an object"] }],
  ["__args that is no list answers 400", "/rpc/get_user", { body: '{"__args":"x"}' }, 400, { error: "Invalid JSON", details: ["__args must be a list"] }],
  ["an unknown function answers 404", "/rpc/nobody", { body: "{}" }, 404, { error: "Unknown function: nobody" }],
  ["another method answers 405", "/rpc/get_user", { method: "GET" }, 405, { error: "Method not allowed" }],
  ["a body over the limit answers 413", "/rpc/get_user", { body: `{"id":"${"x".repeat(1_100_000)}"}` }, 413, { error: "Payload too large" }],
  ["another kind of body answers 415", "/rpc/get_user", { body: "id=1", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415, { error: "Unsupported media type: send JSON, with Content-Type: application/json" }],
  ["an error answers 500", "/rpc/throws", { body: "{}" }, 500, { error: "Internal server error" }],
]) {
  test(`rpc-client.md: ${what}, in JSON and without source or paths`, async () => {
    const { app } = await running();
    const answer = await fetch(app.url(path), { method: "POST", headers: { "content-type": "application/json" }, ...options });
    assert.deepEqual([answer.status, await answer.json()], [status, body]);
    assert.match(answer.headers.get("content-type"), /^application\/json/);
  });
}

test("the page's module gives variants of the server their functions, and records their defaults", async () => {
  const { cwd } = await running();
  const module = readFileSync(join(cwd, ".tova-out/app.client.js"), "utf8");
  assert.match(module, /rpc\(name, args, undefined, received\)/);
  const received = /const received = [\s\S]*?\);\n/.exec(module)[0];
  const schemas = [...module.matchAll(/^const \w+Schema = [\s\S]*?^\};\n/gm)].map(([text]) => text).join("");
  const imports = [...module.matchAll(/^import .*(?:shared|shapes)\.js";$/gm)].map(([text]) => text.replace("./", `${cwd}/.tova-out/`)).join("\n");
  const text = `${imports}\n${schemas}${received}
    console.log(received("outcome", JSON.parse('{"__tag":"Done","id":1,"at":{"town":"Rome"}}')).text());
    console.log(received("any", [{ __tag: "Failed", reason: "x" }])[0].text());`;
  const { stdout, stderr } = await run(bun, ["-e", text]);
  assert.equal(stdout, "1 in Rome (UTC)\nfailed: x\n", stderr + text);
});

test("rpc-client.md: a variant without fields that came over the call is equal to itself, on both sides", async () => {
  const { cwd, app } = await running();
  const call = async (mood) => (await (await fetch(app.url("/rpc/is_calm"), {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ __args: [mood] }),
  })).json()).result;
  assert.deepEqual([await call({ __tag: "Calm" }), await call({ __tag: "Angry", at: "you" })], [true, false]);
  const { Calm } = await import(join(cwd, ".tova-out/app.shared.js"));
  const { reviver } = await import(join(cwd, ".tova-out/runtime/shapes.js"));
  const module = readFileSync(join(cwd, ".tova-out/app.client.js"), "utf8");
  assert.match(module, /Calm: \(\) => Calm/, "the page's module knows it too");
  assert.equal(reviver({ Calm: () => Calm })("any", [{ __tag: "Calm" }])[0], Calm);
});

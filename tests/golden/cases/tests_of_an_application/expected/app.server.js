import { shout } from "./app.shared.js";
import { createServer } from "./runtime/server.js";
import { beforeEachCase, afterEachCase, testCase, caseGroup } from "./runtime/test_cases.js";
import { assert, assert_eq } from "./runtime/core.js";

const { __addRoute } = createServer({ port: 3000 });

let greeted = 0;

function greet(name) {
  greeted += 1;
  return `hello ${shout(name)}`;
}

caseGroup("greetings", () => {
  beforeEachCase(async () => {
    greeted = 0;
  });
  afterEachCase(async () => {
    assert(greeted > 0);
  });
  testCase("says hello", async () => {
    assert_eq(greet("ann"), "hello ANN");
  });
  testCase("are counted", async () => {
    greet("bob");
    assert_eq(greeted, 1);
  });
});

// POST /rpc/greet
__addRoute("POST", "/rpc/greet", async (req) => {
  const body = await req.json();
  const name = body.__args ? body.__args[0] : body.name;
  const __validationErrors = [];
  if (name === undefined || name === null) __validationErrors.push("name is required");
  else if (typeof name !== "string") __validationErrors.push("name must be a string");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await greet(name)) ?? null;
  return Response.json({ result });
});

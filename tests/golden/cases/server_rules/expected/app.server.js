import { Age, Person } from "./app.shared.js";
import { createServer, checkType } from "./runtime/server.js";
import { shaped } from "./runtime/shapes.js";

const { __addRoute, __listen } = createServer({ port: 3000 });

function save(person, age) {
  Age(age);
  return person.name;
}

const AgeSchema = { refined: ["Int", Age] };
const PersonSchema = {
  record: {
    name: { ruled: ["String", ["required"], ["minLength", 2, "too short"]] },
    mail: { ruled: ["String", ["email"]] },
    age: { optional: AgeSchema },
    kind: { optional: { ruled: ["String", ["oneOf", ["guest", "member"]]] } },
  },
  make: (it) => new Person(it.name, it.mail, it.age ?? undefined, it.kind ?? undefined),
};

// POST /rpc/save
__addRoute("POST", "/rpc/save", async (req) => {
  const body = await req.json();
  const person = body.__args ? body.__args[0] : body.person;
  const age = body.__args ? body.__args[1] : body.age;
  const __validationErrors = [];
  checkType(__validationErrors, "person", person, PersonSchema);
  checkType(__validationErrors, "age", age, AgeSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await save(shaped(person, PersonSchema), age)) ?? null;
  return Response.json({ result });
});

__listen();

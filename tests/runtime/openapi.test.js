// GET /openapi.json and typed values from paths and queries, as the compiler emits them for
// tests/golden/cases/server_typed_routes: a validator says that the document is OpenAPI 3.1, and what the
// server answers is what the document says.
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "bun:test";
import { documentOf } from "../../codegen/runtime/openapi.js";
import { documentationPage } from "../../codegen/runtime/openapi_page.js";
import { fromText } from "../../codegen/runtime/validation.js";
import { finish, folder, post, start } from "./support.js";

afterAll(finish);

const started = start(folder({ golden: "server_typed_routes" }), "app.server.js", { PORT: "0" });

const get = async (path) => {
  const { url } = await started;
  const response = await fetch(url + path);
  return [response.status, await response.json()];
};

const document = (async () => (await get("/openapi.json"))[1])();

async function problems(value) {
  const { valid, errors } = await new Validator().validate(structuredClone(value));
  return valid ? [] : errors;
}

describe("the document", () => {
  test("is OpenAPI 3.1, with a title and each route", async () => {
    expect(await problems(await document)).toEqual([]);
    const { openapi, info, paths } = await document;
    expect([openapi, info.title]).toEqual(["3.1.0", "app"]);
    expect(Object.entries(paths).filter(([path]) => !path.startsWith("/rpc/")).map(([path, methods]) => [path, Object.keys(methods)])).toEqual([
      ["/items/{id}", ["get", "put", "delete"]], ["/items", ["get", "post"]], ["/parts/{a}", ["get"]],
      ["/shapes/{kind}", ["get"]], ["/files/{rest}", ["get"]],
    ]);
  });

  test("the validator finds what is wrong", async () => {
    const broken = structuredClone(await document);
    broken.paths["/items/{id}"].get.parameters[0].in = "nowhere";
    expect(await problems(broken)).not.toEqual([]);
  });

  test("parameters with their types, and what the source says about a function", async () => {
    const { paths } = await document;
    expect(paths["/items/{id}"].get).toMatchObject({
      operationId: "item", summary: "One item by its number.",
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
    });
    const query = paths["/items"].get.parameters;
    expect(query.map(({ name, required }) => [name, required]))
      .toEqual([["tags", false], ["ids", false], ["size", false], ["near", false], ["deep", false]]);
    expect(query[1].schema).toEqual({ type: "array", items: { type: "integer" } });
    expect(paths["/items/{id}"].put.requestBody.content["application/json"].schema)
      .toEqual({ type: "object", properties: { name: { type: "string" } }, required: ["name"] });
    expect(paths["/items"].post.requestBody.content["application/json"].schema).toEqual({ $ref: "#/components/schemas/Item" });
  });

  test("rules of fields, variants, types that contain themselves", async () => {
    const { components } = await document;
    expect(components.schemas.Item.required).toEqual(["id", "name"]);
    expect(components.schemas.Item.properties.name).toEqual({ type: "string", minLength: 1, maxLength: 20 });
    expect(components.schemas.Item.properties.parent.anyOf[0]).toEqual({ $ref: "#/components/schemas/Item" });
    expect(components.schemas.Shape.oneOf[1]).toEqual({ type: "object", properties: { __tag: { const: "Point" } }, required: ["__tag"] });
  });

  test("a union of texts is an enumeration, and what may be nil is not required, whoever says it", async () => {
    const Mood = { literals: ["calm", "wild"] };
    const Feeling = { optional: Mood };
    const takes = {
      mood: Mood, feeling: Feeling, twice: { optional: Feeling }, either: { union: [Feeling, "Int"] },
      ruled: { ruled: [{ optional: "String" }, ["maxLength", 9]] }, nothing: "Nil",
    };
    const own = documentOf({ title: "t", types: { Mood, Feeling }, functions: [{ name: "f", takes }] });
    expect(await problems(own)).toEqual([]);
    expect(own.components.schemas.Mood).toEqual({ type: "string", enum: ["calm", "wild"] });
    const { required, properties } = own.paths["/rpc/f"].post.requestBody.content["application/json"].schema.anyOf[0];
    expect(required).toEqual(["mood"]);
    expect(properties).toEqual({
      mood: { $ref: "#/components/schemas/Mood" }, feeling: { $ref: "#/components/schemas/Feeling" },
      twice: { $ref: "#/components/schemas/Feeling" },
      either: { anyOf: [{ $ref: "#/components/schemas/Feeling" }, { type: "integer" }] },
      ruled: { anyOf: [{ type: "string", maxLength: 9 }, { type: "null" }] }, nothing: { type: "null" },
    });
  });

  test("operations have names of their own", async () => {
    const ids = Object.values((await document).paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("what is answered is what it says", async () => {
    const { url } = await started;
    const { paths, components } = await document;
    const ajv = new Ajv({ strict: false });
    const fits = (operation, status, value) => {
      const { schema } = operation.responses[status].content["application/json"];
      const check = ajv.compile({ ...schema, components });
      return check(value) ? [] : check.errors;
    };
    const item = { id: 1, name: "x", tags: [], parent: null };
    const ask = async (path, operation, ...rest) => {
      const response = rest.length === 0 ? await fetch(url + path) : await post(url + path, ...rest);
      expect([path, response.status, fits(operation, response.status, await response.json())]).toEqual([path, response.status, []]);
    };
    await ask("/items/4", paths["/items/{id}"].get);
    await ask("/items/x", paths["/items/{id}"].get);
    await ask("/items?near=1&ids=3", paths["/items"].get);
    await ask("/shapes/circle", paths["/shapes/{kind}"].get);
    await ask("/shapes/none", paths["/shapes/{kind}"].get);
    await ask("/rpc/item", paths["/rpc/item"].post, { id: 3 });
    await ask("/rpc/item", paths["/rpc/item"].post, { id: "3" });
    await ask("/rpc/add", paths["/rpc/add"].post, item);
    const wrong = ajv.compile({ ...paths["/items/{id}"].get.responses[200].content["application/json"].schema, components });
    expect(wrong({ id: "4" })).toBe(false);
  });

  test("conditions, names that meet, and schemas of every kind", async () => {
    const value = documentOf({
      title: "api",
      types: { Error: { record: { "a b": { tuple: ["Int", { option: "Any" }] } } } },
      routes: [
        { method: "GET", path: "/", with: ["auth", "role"], gives: { union: ["Int", { list: "String" }] } },
        { method: "DELETE", path: "/*", name: "f", with: ["only_in"], deprecated: true }, { method: "PATCH", path: "/a/:x/:y", name: "f", takes: { y: "Any", z: { optional: "Float" } } },
      ],
      functions: [{ name: "größe", takes: { a: { ruled: [{ option: "Int" }, ["min", 1], ["oneOf", [1, 2]]] }, b: "Bool" } }, { name: "g", with: ["auth"] }],
    });
    expect(await problems(value)).toEqual([]);
    expect(value.paths["/"].get.security).toEqual([{ auth: [] }]);
    expect([value.paths["/"].get["x-with"], value.paths["/"].get.deprecated]).toEqual([["auth", "role"], undefined]);
    expect([value.paths["/*"], value.paths["/{rest}"].delete["x-with"], value.paths["/{rest}"].delete.deprecated]).toEqual([undefined, ["only_in"], true]);
    expect([value.paths["/rpc/g"].post.security, Object.keys(value.paths["/rpc/g"].post.responses)]).toEqual([[{ auth: [] }], ["200", "400", "401"]]);
    expect(value.paths["/a/{x}/{y}"].patch.operationId).toBe("f_2");
    expect(Object.keys(value.components.schemas)).toEqual(["Error", "ErrorAnswer"]);
  });
});

describe("the page", () => {
  test("says the same to people, loads nothing and runs nothing", async () => {
    const { url } = await started;
    const response = await fetch(`${url}/docs`);
    const html = await response.text();
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html;charset=utf-8"]);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    for (const part of ["One item by its number.", "/items/{id}", "/rpc/add", "<h3>Item</h3>"]) expect(html).toContain(part);
    expect(html).not.toMatch(/<script|https?:\/\//);
  });

  const WRITTEN = [
    [{ list: "Int" }, "[Int]"], [{ set: { literals: ["a", "b"] } }, "[&quot;a&quot; | &quot;b&quot;]"], ["Date", "Date"], ["Any", "Any"],
    [{ union: ["Int", { list: "String" }] }, "Int | [String]"], [{ tuple: ["Int", "Bool"] }, "(Int, Bool)"], ["String", "String"],
  ];

  test.each(WRITTEN)("the type of a parameter %j stands as the source has it", async (schema, written) => {
    const html = await documentationPage(documentOf({ title: "api", routes: [{ method: "GET", path: "/", takes: { a: schema } }] })).text();
    expect(html).toContain(`<code>${written}</code>`);
  });

  test("names and comments of the source are text in it", async () => {
    const evil = "<img src=x onerror=alert(1)>";
    const html = await documentationPage(documentOf({ title: evil, routes: [{ method: "GET", path: `/${evil}`, name: "f", about: evil, takes: { [evil]: "Int" } }] })).text();
    expect(html).not.toContain("<img");
  });
});

describe("typed values of paths and queries", () => {
  const refused = (...details) => [400, { error: "Validation failed", details }];

  test("a number in the path, and what is none", async () => {
    expect(await get("/items/7")).toMatchObject([200, { id: 7 }]);
    for (const bad of ["x", "1.5", "1e3", "0x10", "%20", "9007199254740993"]) {
      expect([bad, await get(`/items/${bad}`)]).toEqual([bad, refused("id must be an integer")]);
    }
  });

  test("what a query does not say is the default", async () => {
    expect(await get("/items")).toMatchObject([200, [{ id: 1, name: "here undefined", tags: [], parent: { value: { id: 0 } } }]]);
  });

  test("lists are names that stand more than once, unions the first type that fits", async () => {
    const [status, [item]] = await get("/items?tags=a&tags=b&ids=1&ids=2&size=3&near=1.50&deep=true");
    expect([status, item.tags, item.parent.value.id, item.id, item.name]).toEqual([200, ["a", "b"], 2, 3, "1.5 true"]);
    expect(await get("/items?near=home&tags=one")).toMatchObject([200, [{ name: "home undefined", tags: ["one"] }]]);
  });

  test("what does not fit is 400 with each place", async () => {
    expect(await get("/items?ids=1&ids=x&size=0&deep=maybe"))
      .toEqual(refused("ids[1] must be an integer", "size is not valid", "deep must be a boolean"));
    expect(await get("/items?size=1&size=2")).toEqual(refused("size must be an integer"));
  });

  test("the request and arguments by their names go together", async () => {
    const { url } = await started;
    const put = (path, body) => fetch(url + path, { method: "PUT", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
    expect(await (await put("/items/5", { name: "new" })).json()).toMatchObject({ id: 5, name: "new PUT" });
    expect((await put("/items/5", {})).status).toBe(400);
    expect(await get("/parts/b")).toEqual([200, ["GET", "b"]]);
    expect(await get("/files/a/b")).toEqual([200, "a/b"]);
  });

  test("a list of itself says nothing, and takes no time", () => {
    const loop = { list: () => loop };
    expect(JSON.stringify(fromText("a", loop))).toBe('[[[[["a"]]]]]');
  });
});

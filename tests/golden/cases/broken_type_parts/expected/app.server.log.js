import { Hammer, Small, Large } from "./app.shared.js";
import { createServer, checkType } from "./runtime/server.js";
import { shaped } from "./runtime/shapes.js";

const { __addRoute, __listen } = createServer({
  name: "log",
  port: 3001,
  servers: { api: 3000, log: 3001 },
});

function note(page, size) {
  return Hammer;
}

const PageSchema = { record: { id: "Int", text: "String" } };
const SizeSchema = {
  variants: { Small: {}, Large: { by: "Int" } },
  make: { Small: () => Small, Large: (it) => Large(it.by) },
};

// POST /rpc/note
__addRoute("POST", "/rpc/note", async (req) => {
  const body = await req.json();
  const page = body.__args ? body.__args[0] : body.page;
  const size = body.__args ? body.__args[1] : body.size;
  const __validationErrors = [];
  checkType(__validationErrors, "page", page, PageSchema);
  checkType(__validationErrors, "size", size, SizeSchema);
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await note(page, shaped(size, SizeSchema))) ?? null;
  return Response.json({ result });
});

__listen();

import { Admin, Viewer, Guest, Email, User } from "./app.shared.js";
import { createServer } from "./runtime/server.js";
import { connect } from "./runtime/db_sqlite.js";

const { __addRoute, __listen } = createServer({ port: 3000 });

const db = connect({ path: "./data.db" });

const AuthorModel = db.model("Author", { name: "String" }, { unique: [["name"]], has_one: ["Post"] });

const CommentModel = db.model("Comment", { text: "String", unique: "Bool" }, {
  belongs_to: ["User", "Post"],
});

const RoleSchema = {
  variants: { Admin: {}, Viewer: {}, Guest: { until: "String" } },
  make: { Admin: () => Admin, Viewer: () => Viewer, Guest: (it) => Guest(it.until) },
};
const PostModel = db.model(
  "Post",
  {
    title: { type: "String", schema: { ruled: ["String", ["maxLength", 10]] }, unique: true },
    tags: { type: "[String]", default: () => [] },
    kinds: { type: "[Role]", schema: { list: RoleSchema } },
    meta: {
      type: "{ a: Int, b: String? }",
      schema: { record: { a: "Int", b: { optional: "String" } } },
    },
    born: "Date",
  },
  {
    table: "articles",
    belongs_to: ["User", "Author?"],
    has_many: ["Comment"],
    unique: [["title", "born"]],
  },
);

const EmailSchema = { refined: ["String", Email] };
const UserModel = db.model(
  "User",
  {
    name: { type: "String", schema: { ruled: ["String", ["required"], ["minLength", 3]] } },
    email: { type: "String", schema: EmailSchema, unique: true },
    age: { type: "Int", default: () => 3 },
    role: { type: "Role", schema: RoleSchema, default: () => Viewer },
    nick: "String?",
  },
  { has_many: ["Post", "Comment"], timestamps: true, soft_delete: true, type: User },
);

function posts(id) {
  return UserModel.posts(id);
}

function active() {
  return UserModel.active();
}

function labels() {
  return UserModel.all({ with: "posts" }).map((user) => user.label());
}

// POST /rpc/posts
__addRoute("POST", "/rpc/posts", async (req) => {
  const body = await req.json();
  const id = body.__args ? body.__args[0] : body.id;
  const __validationErrors = [];
  if (id === undefined || id === null) __validationErrors.push("id is required");
  else if (!Number.isSafeInteger(id)) __validationErrors.push("id must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await posts(id)) ?? null;
  return Response.json({ result });
});

// POST /rpc/active
__addRoute("POST", "/rpc/active", async (req) => {
  const body = await req.json();
  const result = (await active()) ?? null;
  return Response.json({ result });
});

// POST /rpc/labels
__addRoute("POST", "/rpc/labels", async (req) => {
  const body = await req.json();
  const result = (await labels()) ?? null;
  return Response.json({ result });
});

db.ready();

__listen();

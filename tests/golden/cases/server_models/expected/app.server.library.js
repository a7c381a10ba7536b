import { Book } from "./app.shared.js";
import { createServer } from "./runtime/server.js";
import { connect } from "./runtime/db_sqlite.js";

const { __addRoute, __listen } = createServer({ name: "library", port: 3000 });

const db = connect();

const BookModel = db.model("Book", {
  title: "String",
  pages: "Int",
  tags: "[String]",
  note: "Option<String>",
});

const LoanModel = db.model("Loan", { book: "Int", until: "String" }, { table: "lent_books" });

function books() {
  return BookModel.where({ pages: 3 });
}

function lend(book) {
  return LoanModel.create({ book, until: "soon" });
}

function sample() {
  return new Book(1, "t", 2, [], null);
}

// POST /rpc/books
__addRoute("POST", "/rpc/books", async (req) => {
  const body = await req.json();
  const result = (await books()) ?? null;
  return Response.json({ result });
});

// POST /rpc/lend
__addRoute("POST", "/rpc/lend", async (req) => {
  const body = await req.json();
  const book = body.__args ? body.__args[0] : body.book;
  const __validationErrors = [];
  if (book === undefined || book === null) __validationErrors.push("book is required");
  else if (!Number.isSafeInteger(book)) __validationErrors.push("book must be an integer");
  if (__validationErrors.length > 0) {
    return Response.json({ error: "Validation failed", details: __validationErrors }, { status: 400 });
  }
  const result = (await lend(book)) ?? null;
  return Response.json({ result });
});

// POST /rpc/sample
__addRoute("POST", "/rpc/sample", async (req) => {
  const body = await req.json();
  const result = (await sample()) ?? null;
  return Response.json({ result });
});

db.ready();

__listen();

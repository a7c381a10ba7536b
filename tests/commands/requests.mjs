// The requests that `tova routes` gives to copy, sent as they are to the server that they are for: it refuses none.
import assert from "node:assert/strict";
import { startApplication } from "../harness/application.mjs";
import { run, tova } from "../harness/program.mjs";
import { test } from "../harness/test.mjs";
import { project } from "./sources.mjs";

const types = `pub type Money { cents: Int, currency: "EUR" | "USD" }
pub type Wrapped<T> { inner: T }
`;

const source = `shared {
  import { Money, Wrapped } from "./lib/money.tova"
  type Box<T> { value: T, all: [T] }
  type Pair<A, B> { first: A, second: Box<B> }
  type Tree<T> { Fork(left: Tree<T>, right: Tree<T>)  Leaf(value: T) }
  type Maybe<T> = T?
  type Node { value: Int, next: Node?, children: [Node] }
  type Deep { a: Deeper }
  type Deeper { a: Deepest }
  type Deepest { a: Inner }
  type Inner { a: Innermost }
  type Innermost { n: Int, o: Option<Int>, r: Result<Int, String>, t: (Int, [String]) }
}
server {
  fn generic(box: Box<Int>) { box }
  fn two(pair: Pair<Int, Bool>) { pair }
  fn tree(tree: Tree<Int>) { tree }
  fn several(...ns: [Int]) { ns }
  fn first(first: Int, ...ns: [String]) { ns }
  fn each(first: Int, ...ns: String) { ns }
  fn apart({ name, n }: { name: String, n: Int }) { [name, n] }
  fn search({ text, name }: { text: String, name: String }) { [text, name] }
  fn map(m: Map<String, Int>, s: Set<Int>) { 1 }
  fn mixed([a, b]: [Int], other: String, ...more: [Int]) { [a, other, more] }
  fn recursive(m: Maybe<Box<Int>>, n: Node) { n }
  fn deep(deep: Deep) { deep }
  fn typeless({ a, b }, c) { 1 }
  fn record({ n, o }: Innermost) { [n, o] }
  fn one_of(kind: "x" | "y", either: Int | String, ratio: Float, any: Any, maybe: Int? = nil) { kind }
  fn imported(price: Money, wrapped: Wrapped<Money>) { [price, wrapped.inner] }
  route GET "/search" => search
  route POST "/apart" => apart
  route PUT "/record/:id" => record
  route POST "/generic" => generic
  route POST "/several" => several
  route GET "/first" => first
  route POST "/imported" => imported
}
`;

test("no copied request is refused by its own server, whatever the shapes of its parameters", async (t) => {
  const { cwd } = project(t, { "app.tova": source, "lib/money.tova": types });
  const app = await startApplication(t, cwd);
  const { stdout, stderr, code } = await run(tova, ["routes", "--json", "--port", String(app.ports[""])], { cwd });
  assert.equal(code, 0, stderr);
  const { endpoints } = JSON.parse(stdout).packages[0].servers[0];
  assert.equal(endpoints.length, 23);
  for (const { method, path, curl, fetch: javascript } of endpoints) {
    let sent;
    const asked = (address, options) => fetch(address, (sent = options));
    const answer = await new Function("fetch", `return (async () => ${javascript})()`)(asked);
    assert.equal(answer.status, 200, `${method} ${path}: ${javascript}\n${await answer.text()}`);
    assert.deepEqual(JSON.parse(/ -d '(.*)'$/.exec(curl)?.[1] ?? "null"), JSON.parse(sent?.body ?? "null"), curl);
  }
});

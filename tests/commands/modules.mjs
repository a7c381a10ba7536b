// Files that import each other: what they get, what is refused, and where their outputs lie.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "../harness/test.mjs";
import { project } from "./sources.mjs";

const text = `/// Twice the text.
pub fn twice(s) {
  s + s
}

fn helper() {
  1
}

pub type Point {
  x: Int
  y: Int
}

pub type Shape {
  Circle(r: Float)
  Square(side: Float)
}

pub trait Shows {
  fn show(self) -> String
}

pub fn area(shape) {
  match shape {
    Circle(r) => r * r * 3
    Square(side) => side * side
  }
}

pub fn late(x) {
  sleep(1)
  x + 1
}

pub delete = 5

export default fn tenfold(x) {
  x * 10
}
`;

const index = `pub { area as surface } from "./text"
pub * from "./text.tova"
`;

/** Runs main.tova beside a folder lib and gives its lines. */
async function lines(t, main, files = {}) {
  const { tova } = project(t, { "src/main.tova": main, "lib/text.tova": text, "lib/index.tova": index, ...files });
  const { code, stdout, stderr } = await tova("run", "src/main.tova");
  assert.equal(stderr, "");
  assert.equal(code, 0);
  return stdout.trimEnd().split("\n");
}

/** The codes of the findings in main.tova, with their messages. */
async function findings(t, main, files = {}) {
  const { tova } = project(t, { "src/main.tova": main, "lib/text.tova": text, "lib/index.tova": index, ...files });
  const { stdout } = await tova("check", "src/main.tova", "--format=json");
  return JSON.parse(stdout).diagnostics.filter((each) => each.severity === "error");
}

test("names, aliases, the default and a namespace are imported across folders, with and without the suffix", async (t) => {
  const main = `import { twice as doubled } from "../lib/text.tova"
import tenfold, { delete as five } from "../lib/text"
import * as text from "../lib/text"
print(doubled("ab"), tenfold(4), five, text.twice("z"))
`;
  assert.deepEqual(await lines(t, main), ["abab 40 5 zz"]);
});

test("imported types are what they are at home: named fields, variants, patterns", async (t) => {
  const main = `import { Point, Circle, area } from "../lib/text"
p = Point(y: 2, x: 1)
print(p.x, p.y, area(Circle(2)))
print(match Circle(1) { Circle(r) => "circle {r}" _ => "other" })
`;
  assert.deepEqual(await lines(t, main), ["1 2 12", "circle 1"]);
});

test("what waits in another module is awaited here, in callbacks too", async (t) => {
  const main = `import { late } from "../lib/text"
fn later(x) {
  late(x) * 2
}
print(later(1))
print([1, 2] |> map(fn(x) late(x)))
`;
  assert.deepEqual(await lines(t, main), ["4", "[2, 3]"]);
});

test("names go through modules that offer them again, one by one and all", async (t) => {
  const main = `import { surface, Square, twice } from "../lib/index"
print(surface(Square(3)), twice("a"))
`;
  assert.deepEqual(await lines(t, main), ["9 aa"]);
});

test("a module offers what it imports and names under other names", async (t) => {
  const files = { "lib/hub.tova": 'import { twice } from "./text"\nfn once(s) { s }\npub { twice, once as same }\n' };
  const main = 'import { twice, same } from "../lib/hub"\nprint(twice("a"), same("b"))\n';
  assert.deepEqual(await lines(t, main, files), ["aa b"]);
});

test("an import named like a builtin is the import", async (t) => {
  const files = { "src/own.tova": 'pub fn map(xs, f) {\n  "own map"\n}\npub fn print_all(xs) {\n  len(xs)\n}\n' };
  const main = 'import { map, print_all as filter } from "./own"\nprint(map([1], fn(x) x))\nprint(filter([1, 2]))\nprint([1, 2] |> len())\n';
  assert.deepEqual(await lines(t, main, files), ["own map", "2", "2"]);
});

test("@/ is the folder of tova.toml", async (t) => {
  const { tova } = project(t, {
    "tova.toml": "",
    "app/deep/main.tova": 'import { one } from "@/lib/one"\nprint(one)\n',
    "lib/one.tova": "pub one = 1\n",
  });
  assert.equal((await tova("run", "app/deep/main.tova")).stdout, "1\n");
});

test("@/ without tova.toml is the folder where the command was called", async (t) => {
  const { tova } = project(t, {
    "app/main.tova": 'import { one } from "@/lib/one.tova"\nprint(one)\n',
    "lib/one.tova": "pub one = 1\n",
  });
  assert.equal((await tova("run", "app/main.tova")).stdout, "1\n");
});

test("JavaScript is imported as it is: a file beside the source, a module of Bun's", async (t) => {
  const files = { "src/plain.js": "export const seven = 7;\nexport default (x) => x + 1;\n" };
  const main = `import next, { seven } from "./plain.js"
import { basename } from "node:path"
import * as path from "node:path"
print(next(seven), basename("/a/b"), path.basename("/c/d"))
`;
  assert.deepEqual(await lines(t, main, files), ["8 b d"]);
});

test("a module of the runtime is imported by tova:", async (t) => {
  assert.deepEqual(await lines(t, 'import { len as size } from "tova:core"\nprint(size([1, 2]))\n'), ["2"]);
});

test("traits and other names of types are imported without a trace in the output", async (t) => {
  const { cwd, tova } = project(t, {
    "main.tova": 'import { Shows } from "./text"\ntype P { x: Int }\nimpl Shows for P { fn show(self) { "P" } }\nprint(P(1).show())\n',
    "text.tova": text,
  });
  assert.equal((await tova("build")).code, 0);
  assert.doesNotMatch(readFileSync(join(cwd, ".tova-out/main.js"), "utf8"), /Shows/);
});

test("build writes each module of a folder, and outputs lie to each other as their sources do", async (t) => {
  const { cwd, tova } = project(t, {
    "tova.toml": "",
    "src/main.tova": 'import { twice } from "../lib/text"\nprint(twice("a"))\n',
    "src/other.tova": "print(2)\n",
    "lib/text.tova": text,
  });
  assert.equal((await tova("build")).code, 0);
  for (const name of ["src/main.js", "src/main.js.map", "src/other.js", "lib/text.js", "runtime/core.js"]) {
    assert.ok(existsSync(join(cwd, ".tova-out", name)), name);
  }
  const main = readFileSync(join(cwd, ".tova-out/src/main.js"), "utf8");
  assert.match(main, /from "\.\.\/lib\/text\.js"/);
  assert.match(main, /from "\.\.\/runtime\/core\.js"/);
});

test("build of one file compiles what it imports too, and nothing else", async (t) => {
  const { cwd, tova } = project(t, {
    "src/main.tova": 'import { twice } from "../lib/text"\nprint(twice("a"))\n',
    "src/other.tova": "print(2)\n",
    "lib/text.tova": text,
  });
  assert.equal((await tova("build", "src/main.tova")).code, 0);
  assert.ok(existsSync(join(cwd, ".tova-out/lib/text.js")));
  assert.ok(existsSync(join(cwd, ".tova-out/src/main.js")));
  assert.ok(!existsSync(join(cwd, ".tova-out/src/other.js")));
});

test("an application imports modules of other folders in every block", async (t) => {
  const { cwd, tova } = project(t, {
    "tova.toml": "",
    "app/app.tova": `import { twice, Point } from "../lib/text"
server {
  fn doubled(s: String) { twice(s) }
  fn at(p: Point) { p.x }
}
browser {
  component App { <p>{twice("a")}</p> }
}
`,
    "lib/text.tova": text,
  });
  assert.deepEqual((await tova("build")).stderr, "");
  const server = readFileSync(join(cwd, ".tova-out/app/app.server.js"), "utf8");
  assert.match(server, /import \{ twice \} from "\.\.\/lib\/text\.js";/);
  assert.match(server, /"app\/app\.client\.js"/);
  assert.match(server, /"lib\/text\.js"/);
  assert.match(server, /root: `\$\{import\.meta\.dir\}\/\.\.`/);
  assert.match(readFileSync(join(cwd, ".tova-out/app/app.client.js"), "utf8"), /from "\.\.\/lib\/text\.js"/);
});

test("an import between files that merge is no import", async (t) => {
  const { cwd, tova } = project(t, {
    "a.tova": 'import { half as part } from "./b.tova"\nserver {\n  fn f(n) { part(n) }\n}\n',
    "b.tova": "shared {\n  fn half(n) { n / 2 }\n}\n",
  });
  const built = await tova("build");
  assert.equal(built.code, 0, built.stderr);
  const name = cwd.slice(cwd.lastIndexOf("/") + 1);
  const server = readFileSync(join(cwd, `.tova-out/${name}.server.js`), "utf8");
  assert.doesNotMatch(server, /b\.js|b\.tova|\bpart\b/);
  assert.match(server, /half\(n\)/);
});

test("a module that is not there is named", async (t) => {
  const [found] = await findings(t, 'import { a } from "../lib/nothing"\nprint(a)\n');
  assert.equal(found.code, "E501");
  assert.match(found.message, /\.\.\/lib\/nothing\.tova/);
  assert.deepEqual(found.range, { start: { line: 0, character: 18 }, end: { line: 0, character: 34 } });
});

test("a module of the runtime that is not there is named", async (t) => {
  const [found] = await findings(t, 'import { a } from "tova:nothing"\nprint(a)\n');
  assert.equal(found.code, "E501");
});

test("a name that a module does not have is reported with the nearest one", async (t) => {
  const [found] = await findings(t, 'import { twise } from "../lib/text"\nprint(twise("a"))\n');
  assert.equal(found.code, "E502");
  assert.match(found.message, /Did you mean `twice`/);
  assert.equal(found.fix.replacement, "twice");
});

test("a private name is not imported, and its declaration is shown", async (t) => {
  const found = await findings(t, 'import { helper } from "../lib/text"\nprint(helper())\n');
  assert.deepEqual(found.map((each) => each.code), ["E503"]);
  assert.ok(found[0].related.path.endsWith("lib/text.tova"));
});

test("a default that is not there is reported", async (t) => {
  const [found] = await findings(t, 'import x from "../lib/index"\nprint(x)\n');
  assert.equal(found.code, "E502");
  assert.match(found.message, /no default export/);
});

test("modules that import each other in a circle are errors, however long it is", async (t) => {
  const { tova } = project(t, {
    "a.tova": 'import { b } from "./b"\npub fn a() { b() }\n',
    "b.tova": 'import { c } from "./c"\npub fn b() { c() }\n',
    "c.tova": 'import { a } from "./a"\npub fn c() { a() }\n',
    "d.tova": 'import { a } from "./a"\npub fn d() { a() }\n',
  });
  const { diagnostics } = JSON.parse((await tova("check", "--format=json")).stdout);
  const circles = diagnostics.filter((each) => each.code === "E504").map((each) => each.path.slice(-6));
  assert.deepEqual(circles, ["a.tova", "b.tova", "c.tova"]);
});

test("a name that one neighbour offers is undefined, with its import as the fix", async (t) => {
  const { tova } = project(t, { "main.tova": "print(one)\n", "lib.tova": "pub one = 1\n", "two.tova": "pub two = 2\n" });
  const { diagnostics } = JSON.parse((await tova("check", "main.tova", "--format=json")).stdout);
  const [found] = diagnostics;
  assert.equal(found.code, "E101");
  assert.equal(found.fix.replacement, 'import { one } from "./lib.tova"\n');
});

test("with errors in an imported module nothing runs, and they are told", async (t) => {
  const { tova } = project(t, {
    "main.tova": 'import { one } from "./lib"\nprint(one)\n',
    "lib.tova": "pub one = nothing_at_all\n",
  });
  const { code, stdout, stderr } = await tova("run", "main.tova");
  assert.equal(code, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /^lib\.tova:1:11: error: /m);
});

test("what an import stands for is known: arguments, members, arms, names of a namespace", async (t) => {
  const { tova } = project(t, {
    "lib/shapes.tova": "pub type Point { x: Int, y: Int }\npub type Shape { Circle(r: Float) Dot }\npub fn area(r) { r * r }\n",
    "app/main.tova": `import * as shapes from "../lib/shapes"
import { Point, Circle, area } from "../lib/shapes"
fn f(p: Point, shape) {
  print(p.z, shapes.aera(1), area(), Point(1))
  match shape { Circle(r) => r }
}
print(f(Point(1, 2), nil))
`,
  });
  const { code, stdout } = await tova("check", "--format=json", "app/main.tova");
  assert.equal(code, 1);
  const found = JSON.parse(stdout).diagnostics.map((one) => `${one.code} ${one.range.start.line + 1}:${one.range.start.character + 1}`);
  assert.deepEqual(found, ["W107 4:11", "E502 4:21", "E302 4:30", "E302 4:38", "W204 5:3"]);
});

test("the defaults of an imported trait are those of the type that implements it", async (t) => {
  const files = { "lib/traits.tova": 'pub trait Describable {\n  fn name(self) -> String\n  fn description(self) -> String { "A {self.name()}" }\n}\n' };
  const main = 'import { Describable } from "../lib/traits"\ntype Car { make: String }\nimpl Describable for Car { fn name(self) { self.make } }\nprint(Car("Fiat").description())\n';
  assert.deepEqual(await lines(t, main, files), ["A Fiat"]);
});

test("what a module declares is what its importers have to give", async (t) => {
  const module = [
    "pub type Point { x: Int, y: Int }",
    "pub type Meters = Float",
    "pub fn move(p: Point, by: Meters) -> Point { Point(p.x + floor(by), p.y) }",
    "pub fn same<Point>(p: Point) -> Point { p }",
    "pub LIMIT: Int = 5",
  ];
  const main = [
    'import { Point, move, same, LIMIT } from "./lib"',
    "fn text(s: String) { s }",
    'print(move(Point(1, "y"), 1))',
    'print(move("x", "1"))',
    "print(move(move(Point(1, 2), 1.5), LIMIT))",
    'print(same("x"))',
    "print(text(LIMIT))",
    "print(move(Point(1, 2), 1).z)",
  ];
  const { tova } = project(t, { "lib.tova": module.join("\n"), "main.tova": main.join("\n") });
  const { stdout } = await tova("check", "--format=json", ".");
  const found = JSON.parse(stdout).diagnostics.map(({ code, range: { start } }) => `${start.line + 1}:${start.character + 1} ${code}`);
  assert.deepEqual(found, ["3:21 E308", "4:12 E308", "4:17 E308", "7:12 E308", "8:28 W107"]);
});

test("a type has the functions of a trait of another module, handed on or not, and nothing else", async (t) => {
  const traits = `pub trait Named {
  fn name(self) -> String { "x" }
}
`;
  const main = `import { Named } from "../lib/traits"
type User { id: Int }
impl Named for User { }
user = User(1)
print(user.name(), user.nmae())
`;
  const other = main.replace("../lib/traits", "../lib/index");
  const files = { "lib/traits.tova": traits, "lib/index.tova": 'pub * from "./traits"\n', "src/other.tova": other, "src/main.tova": main };
  const { tova } = project(t, files);
  for (const path of ["src/main.tova", "src/other.tova"]) {
    const { stdout } = await tova("check", path, "--format=json");
    assert.deepEqual(
      JSON.parse(stdout).diagnostics.map((each) => [each.code, each.message.split(".")[0]]),
      [["W107", "The type `User` has no `nmae`"]],
    );
  }
});

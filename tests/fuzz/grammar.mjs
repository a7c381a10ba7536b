// Programs that are right by the language's own rules: a walk through its grammar that knows which names are in scope.
// What they compute makes no sense, and nobody runs them.

/** Names that meet words of JavaScript, builtins, and names that the compiler makes up. */
const NAMES = [
  "a", "b", "c", "n", "x", "y", "item", "total", "value", "result", "subject", "items", "row", "matched", "outcome",
  "deferred", "entered", "piped", "enum", "static", "package", "void", "switch", "super", "map", "filter", "range",
  "props", "name", "self2", "args", "given", "_private", "größe", "constructor", "prototype", "tasks", "selected", "same",
];

const BINARY = ["+", "-", "*", "/", "%", "**", "==", "!=", "<", "<=", ">", ">=", "and", "or", "??", "&", "|", "^", "<<"];
const TYPES = ["Int", "String", "Float", "Bool", "[Int]", "Any"];

export class Grammar {
  /** @param {import("./random.mjs").Random} random */
  constructor(random) {
    this.random = random;
    /** @type {{ name: string, mutable: boolean }[][]} */
    this.scopes = [[]];
    /** @type {{ kind: "module" | "fn" | "async" | "generator", loops: string[] }[]} */
    this.functions = [{ kind: "module", loops: [] }];
    this.known = [];
    this.depth = 0;
  }

  // ---- names

  get function() {
    return this.functions.at(-1);
  }

  isKnown(name) {
    return this.scopes.some((scope) => scope.some((each) => each.name === name));
  }

  fresh(mutable = false) {
    let name = this.random.pick(NAMES);
    while (this.isKnown(name) || this.known.includes(name)) name = `${name}${this.random.below(100)}`;
    this.scopes.at(-1).push({ name, mutable });
    return name;
  }

  name() {
    const all = this.scopes.flat();
    return all.length === 0 ? `${this.random.below(10)}` : this.random.pick(all).name;
  }

  inside(make) {
    this.scopes.push([]);
    const made = make();
    this.scopes.pop();
    return made;
  }

  // ---- values

  literal() {
    const { random } = this;
    return random.pick([
      `${random.below(20)}`, `${random.below(9)}.5`, `"text"`, `"{${this.name()}} and {${this.name()}}"`, "'raw {x}'",
      "true", "false", "nil", "[]", "{}", "None", `r"\\d"`, `"""\n  lines {${this.name()}}\n  """`, "/a+/g",
    ]);
  }

  value() {
    if (this.depth > 3 || this.random.chance(4)) return this.random.chance(3) ? this.literal() : this.name();
    this.depth++;
    const value = this[this.random.pick(VALUES)]();
    this.depth--;
    return value;
  }

  values(least, most) {
    return this.random.several(least, most, () => this.value()).join(", ");
  }

  binary() {
    return `(${this.value()} ${this.random.pick(BINARY)} ${this.value()})`;
  }

  chain() {
    return `(${this.value()} < ${this.value()} <= ${this.value()})`;
  }

  unary() {
    return `(${this.random.pick(["not ", "-", "!"])}${this.value()})`;
  }

  list() {
    return `[${this.random.several(0, 3, () => (this.random.chance(5) ? `...[${this.value()}]` : this.value())).join(", ")}]`;
  }

  record() {
    const entry = () => this.random.pick([
      () => `k${this.random.below(9)}: ${this.value()}`,
      () => `"a b": ${this.value()}`,
      () => `[${this.value()}]: ${this.value()}`,
      () => `...{ z: ${this.value()} }`,
      () => `class: ${this.value()}`,
    ])();
    return `{ k: ${this.value()}, ${this.random.several(0, 2, entry).join(", ")} }`;
  }

  tuple() {
    return `(${this.value()}, ${this.value()})`;
  }

  member() {
    return `(${this.value()})${this.random.pick([".length", "?.length", "?.a?.b", "[0]", "?.[1]", "[1:]", "[-2:]", "[::2]", "[0..2]", "[a0:b0]".replace(/[ab]0/g, () => `${this.random.below(3)}`)])}`;
  }

  call() {
    const named = this.known.filter((name) => name.startsWith("f_"));
    if (named.length === 0) return `len(${this.value()})`;
    return `${this.random.pick(named)}(${this.random.pick([
      () => this.values(0, 2), () => `${this.value()}, b0: ${this.value()}`, () => `...[${this.values(1, 2)}]`,
      () => `b0: ${this.value()}, a0: ${this.value()}`,
    ])()})`;
  }

  method() {
    return `(${this.value()})${this.random.pick([".map", ".filter", "?.forEach"])}(${this.lambda()})`;
  }

  pipe() {
    return `(${this.value()} |> ${this.random.pick([
      () => "len()", () => `map(${this.lambda()})`, () => ".length", () => `.slice(${this.value()})`,
      () => `max(_, ${this.value()})`, () => `filter(it > ${this.random.below(5)})`, () => `len() > ${this.random.below(5)}`,
      () => `map(.name)`, () => `sorted(.n + ${this.random.below(5)})`, () => `"is {_}"`, () => `max(_, _)`,
    ])()})`;
  }

  lambda() {
    const { random } = this;
    const asynchronous = random.chance(6);
    this.functions.push({ kind: asynchronous ? "async" : "fn", loops: [] });
    const made = this.inside(() => {
      const parameter = random.pick([
        () => this.fresh(), () => `${this.fresh()}: ${random.pick(TYPES)}`, () => `${this.fresh()} = ${this.value()}`,
        () => `{ p${random.below(99)}: ${this.fresh()} }`, () => `[${this.fresh()}, ...${this.fresh()}]`, () => `...${this.fresh()}`,
      ])();
      const body = random.chance(3) ? `{ ${this.statements(2, "; ")} }` : `(${this.value()})`;
      return `(${asynchronous ? "async " : ""}fn(${parameter}) ${body})`;
    });
    this.functions.pop();
    return made;
  }

  choice() {
    const branch = () => (this.random.chance(4) ? this.inside(() => `{ ${this.statements(1, "; ")}; ${this.value()} }`) : `{ ${this.value()} }`);
    const elif = this.random.chance(3) ? ` elif ${this.value()} ${branch()}` : "";
    return `(if ${this.value()} ${branch()}${elif} else ${branch()})`;
  }

  pattern() {
    const { random } = this;
    return random.pick([
      () => "_", () => `${random.below(9)}`, () => `"s"`, () => "nil", () => "true", () => `1..${2 + random.below(5)}`, () => "-3",
      () => this.fresh(), () => `Some(${this.pattern()})`, () => `Ok(${this.pattern()})`, () => `Err(_)`, () => "None",
      () => `[${this.pattern()}, ...${this.fresh()}]`, () => `[${this.pattern()}]`, () => `(${this.pattern()}, ${this.pattern()})`,
      () => `{ kind: ${this.pattern()} }`, () => `"pre" ++ ${this.fresh()}`, () => `"a" | "b"`, () => "1 | 2 | 3",
      ...(this.known.includes("Shape") ? [() => `Circle(${this.pattern()})`, () => "Point", () => "Shape.Point"] : []),
    ])();
  }

  arms(body) {
    const guard = () => (this.random.chance(3) ? ` if ${this.value()}` : "");
    return this.random.several(1, 3, () => this.inside(() => `${this.pattern()}${guard()} => ${body()}`)).join(", ");
  }

  match() {
    const body = () => (this.random.chance(3) ? `{ ${this.statements(1, "; ")}; ${this.value()} }` : `(${this.value()})`);
    return `(match ${this.value()} { ${this.arms(body)}, _ => (${this.value()}) })`;
  }

  comprehension() {
    return this.inside(() => {
      const source = this.value();
      const inner = this.value();
      const item = this.fresh();
      const more = this.random.chance(3) ? ` for ${this.fresh()} in [${inner}]` : "";
      const condition = this.random.chance(2) ? ` if ${this.value()}` : "";
      return this.random.chance(4)
        ? `{${this.name()}: ${this.value()} for ${item}, ${this.fresh()} in [${source}]${condition}}`
        : `[${this.value()} for ${item} in [${source}]${more}${condition}]`;
    });
  }

  test() {
    return `(${this.value()} ${this.random.pick(["is String", "is not Int", "is nil", "in [1, 2]", "not in \"abc\"", "is Some", "is Array"])})`;
  }

  outcome() {
    return `${this.random.pick(["Ok", "Err", "Some"])}(${this.value()})`;
  }

  propagate() {
    return this.function.kind === "module" ? this.outcome() : `Ok(${this.value()})?`;
  }

  awaiting() {
    return this.function.kind === "async" ? `(await ${this.value()})` : this.outcome();
  }

  attempt() {
    return `(try { ${this.value()} } catch { ${this.value()} })`;
  }

  range() {
    return `(${this.random.below(5)}${this.random.pick(["..", "..="])}${this.value()})`;
  }

  struct() {
    if (!this.known.includes("Pair")) return this.tuple();
    return this.random.pick([
      () => `Pair(${this.value()}, ${this.value()})`, () => `Pair(right: ${this.value()}, left: ${this.value()})`,
      () => `(Pair { left: ${this.value()}, right: ${this.value()} })`, () => `(Pair { ...Pair(1, 2), right: ${this.value()} })`,
      () => `Circle(${this.value()})`, () => "Point", () => `Pair.new(1, ${this.value()}).sum()`,
    ])();
  }

  // ---- statements

  statements(most, glue = "\n") {
    return this.random.several(1, most, () => this.statement()).join(glue);
  }

  block(most = 3) {
    return this.inside(() => `{\n${this.statements(most)}\n}`);
  }

  statement() {
    if (this.depth > 3) return this.declare();
    this.depth++;
    const made = this[this.random.pick(STATEMENTS)]();
    this.depth--;
    return made;
  }

  declare() {
    const value = this.value();
    return `${this.fresh()} = ${value}`;
  }

  declareVariable() {
    const value = this.value();
    return `var ${this.fresh(true)} = ${value}`;
  }

  destructure() {
    const value = this.value();
    return this.random.pick([
      () => `[${this.fresh()}, _, ...${this.fresh()}] = ${value}`, () => `{ q: ${this.fresh()}, r: { s: ${this.fresh()} } } = ${value}`,
      () => `${this.fresh()}, ${this.fresh()} = ${value}, 2`, () => `(${this.fresh()}, ${this.fresh()}) = ${value}`,
    ])();
  }

  assign() {
    const variables = this.scopes.flat().filter(({ mutable }) => mutable);
    if (variables.length === 0) return this.declareVariable();
    const name = this.random.pick(variables).name;
    return this.random.pick([() => `${name} = ${this.value()}`, () => `${name} ${this.random.pick(["+=", "-=", "*=", "??="])} ${this.value()}`])();
  }

  assignPart() {
    return `${this.name().replace(/^\d+$/, "console")}${this.random.pick([".part", "[0]", '["k"]'])} ${this.random.pick(["=", "+="])} ${this.value()}`;
  }

  say() {
    return `print(${this.values(1, 2)})`;
  }

  branch() {
    const rest = this.random.pick([() => "", () => ` else ${this.block()}`, () => ` elif ${this.value()} ${this.block()} else ${this.block()}`]);
    return `if ${this.value()} ${this.block()}${rest()}`;
  }

  loop() {
    const { random } = this;
    const label = random.chance(3) ? `loop${random.below(1000)}` : "";
    this.function.loops.push(label);
    const made = this.inside(() => {
      const source = random.chance(2) ? `0..${random.below(9)}` : this.value();
      const head = random.pick([
        () => `for ${this.fresh()} in ${source}`, () => `for ${this.fresh()}, ${this.fresh()} in ${source}`,
        () => `for [${this.fresh()}, ${this.fresh()}] in ${source}`, () => `while ${this.value()}`, () => "loop",
        () => `for ${this.fresh()} in ${source} when ${this.value()}`, () => "for _ in [1]",
      ])();
      const rest = head.startsWith("for") && random.chance(4) ? ` else ${this.block(1)}` : "";
      return `${head} ${this.block()}${rest}`;
    });
    this.function.loops.pop();
    return `${label === "" ? "" : `${label}: `}${made}`;
  }

  jump() {
    const { loops, kind } = this.function;
    if (loops.length === 0 || this.random.chance(3)) {
      if (kind === "module") return this.say();
      return kind === "generator" ? `yield ${this.value()}` : `return ${this.value()}`;
    }
    const label = this.random.chance(2) ? this.random.pick(loops) : "";
    return `if ${this.value()} { ${this.random.pick(["break", "continue"])} ${label} }`;
  }

  matchStatement() {
    const body = () => this.random.pick([() => this.block(2), () => `print(${this.value()})`, () => this.jumpOnly()])();
    return `match ${this.value()} { ${this.arms(body)}, _ => {} }`;
  }

  jumpOnly() {
    const { loops, kind } = this.function;
    if (loops.length > 0) return this.random.pick(["break", "continue"]);
    return kind === "module" ? `(${this.value()})` : `return ${this.value()}`;
  }

  attemptStatement() {
    const named = this.inside(() => `catch ${this.fresh()} ${this.block(2)}`);
    return `try ${this.block(2)} ${named}${this.random.chance(2) ? ` finally ${this.block(1)}` : ""}`;
  }

  withStatement() {
    const value = this.value();
    return this.inside(() => `with ${value} as ${this.fresh()} ${this.block(2)}`);
  }

  deferStatement() {
    return `defer print(${this.value()})`;
  }

  guard() {
    return this.function.kind === "module" ? this.say() : `guard ${this.value()} else { return ${this.value()} }`;
  }

  functionDeclaration() {
    const { random } = this;
    const kind = random.pick(["fn", "fn", "fn", "async", "generator"]);
    const name = this.fresh();
    this.functions.push({ kind, loops: [] });
    const made = this.inside(() => {
      const parameters = `${this.fresh()}, ${this.fresh()}: Int = ${this.literal()}`;
      const body = this.statements(4);
      const end = random.pick([() => this.value(), () => this.branch(), () => this.matchStatement(), () => this.loop(), () => ""])();
      return `${kind === "async" ? "async " : ""}fn ${name}(${parameters}) {\n${body}\n${kind === "generator" ? `yield ${this.value()}\n` : ""}${end}\n}`;
    });
    this.functions.pop();
    return made;
  }

  tasks() {
    if (this.function.kind === "generator") return this.say();
    const tasks = this.random.several(1, 3, () => `spawn len(${this.value()})`);
    return `concurrent ${this.random.pick(["", "first ", "timeout(5) "])}{\n${tasks.map((task) => (this.random.chance(2) ? task : `${this.fresh()} = ${task}`)).join("\n")}\n}`;
  }

  // ---- programs

  /** A file without blocks. */
  module() {
    this.known = ["Pair", "Shape", "f_0", "f_1", "Small"];
    const head = [
      "type Pair { left: Any, right: Any = 1 } derive [Eq, Show, JSON]",
      "impl Pair {\nfn sum(self) { self.left + self.right }\nfn both(a0, b0) { Pair(a0, b0) }\n}",
      "type Shape { Circle(r: Any) Point }",
      "type Small = Int where { it < 10 }",
      this.knownFunction("f_0"),
      this.knownFunction("f_1"),
    ];
    return `${head.join("\n")}\n${this.statements(5)}\n`;
  }

  knownFunction(name) {
    this.functions.push({ kind: "fn", loops: [] });
    const made = this.inside(() => {
      this.scopes.at(-1).push({ name: "a0", mutable: false }, { name: "b0", mutable: false });
      return `fn ${name}(a0 = 1, b0 = 2) {\n${this.statements(3)}\n${this.value()}\n}`;
    });
    this.functions.pop();
    return made;
  }

  /** A page with a server behind it. */
  application() {
    this.known = ["f_0"];
    const shared = `shared {\ntype Note { id: Int, text: String }\n}\n`;
    const server = this.inside(() => `server {\n${this.knownFunction("f_0")}\nfn load(n: Int) { [n] }\nroute GET "/n/:n" => load\n}\n`);
    return shared + server + this.inside(() => `browser {\n${this.page()}\n}\n`);
  }

  page() {
    const { random } = this;
    this.known = ["f_9"];
    const states = random.several(1, 3, () => {
      const value = this.literal();
      return `state ${this.fresh(true)} = ${value}`;
    });
    const helper = this.knownFunction("f_9");
    const handler = this.functions.push({ kind: "fn", loops: [] }) && this.inside(() => `fn save_all() {\nserver.load(1)\n${this.statements(3)}\n}`);
    this.functions.pop();
    const text = () => random.pick([
      () => `{${this.value()}}`, () => `<b class={${this.value()}}>"t"</b>`, () => `if ${this.name()} { <i>"yes"</i> } else { <u>"no"</u> }`,
      () => this.inside(() => `for ${this.fresh()} in [1, 2] { <li>{${this.value()}}</li> }`), () => `<button on:click={fn() save_all()}>"go"</button>`,
      () => `<input bind:value={${this.scopes.flat().find(({ mutable }) => mutable).name}} />`,
    ])();
    return [
      ...states, `computed doubled = ${this.value()}`, helper, handler, `effect {\nprint(${this.name()})\n}`,
      `component App {\n<div>${random.several(1, 4, text).join("")}</div>\n}`,
    ].join("\n");
  }
}

const VALUES = [
  "binary", "binary", "chain", "unary", "list", "record", "tuple", "member", "call", "call", "method", "pipe", "lambda", "choice",
  "choice", "match", "match", "comprehension", "test", "outcome", "propagate", "awaiting", "attempt", "range", "struct",
];
const STATEMENTS = [
  "declare", "declare", "declareVariable", "destructure", "assign", "assignPart", "say", "branch", "branch", "loop", "loop", "jump",
  "matchStatement", "attemptStatement", "withStatement", "deferStatement", "guard", "functionDeclaration", "tasks",
];

// Fifty files that know each other: five applications of shared types, servers and pages, and modules that import one another.
const types = (n) => `shared {
  type Entry${n} {
    id: Int
    title: String
    done: Bool
  }

  type State${n} {
    Open
    Closed(reason: String)
  }

  fn label_${n}(entry: Entry${n}) -> String {
    "#{entry.id} {entry.title}"
  }
}
`;

const server = (n) => `server "api" {
  var entries = []

  /// All entries, the newest first.
  fn list_entries_${n}() -> [Entry${n}] {
    entries |> sorted(fn(entry) 0 - entry.id)
  }

  fn add_entry_${n}(title: String, done: Bool) -> Entry${n} {
    entry = Entry${n}(len(entries), title, done)
    entries = [...entries, entry]
    entry
  }

  fn _trace(text) {
    print("trace: {text}")
  }

  route GET "/api/entries" => list_entries_${n}
  route POST "/api/entries" => add_entry_${n}
}
`;

const page = (n) => `browser {
  state entries = []
  state title = ""
  state mood = State${n}.Open
  computed open = entries |> filter(fn(entry) not entry.done)

  effect {
    entries = server.list_entries_${n}()
  }

  fn add() {
    server.add_entry_${n}(title, false)
    title = ""
  }

  component Row(entry: Entry${n}) {
    <li class="row">{label_${n}(entry)}</li>
  }

  component App() {
    <main>
      <h1>"Entries"</h1>
      <input bind:value={title} on:keydown={fn(e) if e.key == "Enter" { add() }} />
      <ul>
        for entry in open {
          <Row entry={entry} />
        }
      </ul>
      <p>{match mood { Open => "open" Closed(reason) => reason }}</p>
    </main>
  }
}
`;

const events = (n) => `server "events" {
  discover "api" at "http://localhost:40${n}0"

  fn count_${n}() -> Int {
    len(api.list_entries_${n}())
  }

  fn notify(text: String) {
    // 日本語 🎉 é
    color = "#ff8800"
    print("{color} {text}: {count_${n}()}")
  }
}
`;

const module = (n) => `import { value_${(n + 1) % 30}, Shape${(n + 1) % 30} } from "./m${(n + 1) % 30}"

/// How large the shape ${n} is.
type Shape${n} {
  Circle(radius: Float)
  Square(side: Float)
  Nothing
}

trait Sized${n} {
  fn size(self) -> Float
}

fn area_${n}(shape: Shape${n}) -> Float {
  match shape {
    Circle(radius) => 3.14 * radius * radius
    Square(side) => side * side
    Nothing => 0.0
  }
}

fn value_${n}(depth: Int) -> Int {
  if depth <= 0 {
    ${n}
  } else {
    value_${(n + 1) % 30}(depth - 1) + 1
  }
}

fn sum_of_${n}(numbers: [Int]) -> Int {
  var total = 0
  for number in numbers {
    total = total + number
  }
  total
}

print(area_${n}(Circle(2.0)))
`;

/** @type {Record<string, string>} */
export const sources = Object.fromEntries([
  ...[0, 1, 2, 3, 4].flatMap((n) => [
    [`app${n}/types.tova`, types(n)],
    [`app${n}/api.tova`, server(n)],
    [`app${n}/page.tova`, page(n)],
    [`app${n}/events.tova`, events(n)],
  ]),
  ...Array.from({ length: 30 }, (_, n) => [`lib/m${n}.tova`, module(n)]),
]);

/** What is typed into them. */
export const snippets = [
  "x", " ", "\n", "}", "{", "(", ")", '"', "//", "/*", "🎉", "日本", "é", "\t", "server.", "api.", "fn f() { 1 }\n", "</div>", "<", ">",
  "  if true {\n    print(1)\n  }\n", 'route GET "/x" => notify\n', "type T { A B }\n", "state n = 1\n", "label_1(", ", ", " |> ", "match ",
];

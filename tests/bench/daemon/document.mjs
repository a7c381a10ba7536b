// The documents that are measured: an application in one file, as long as is asked for, without a mistake in it; and the
// edits that are made in them, each with what a server has to say of it.

// `#` is the number of the copy.
const PART = `// What is known of the customers of shop #.
shared {
  type Customer# {
    id: Int
    name: String
    tags: [String]
  }
}

server {
  // The customers of shop #, the newest first.
  fn list_customers_#(limit: Int, tag: String) -> [Customer#] {
    // Nobody has asked for more than a hundred of them yet.
    chosen = stored_#(limit) |> filter(fn(one) one.name != tag)
    chosen.reverse()
  }

  fn stored_#(limit: Int) -> [Customer#] {
    var found = []
    for number in 0..limit {
      if number > 100 {
        break
      }
      found = [...found, Customer#(number, "customer {number}", ["new"])]
    }
    found
  }

  route GET "/customers/#" => stored_#
}

browser {
  state customers_#: [Customer#] = []
  computed busy_# = customers_#.length > 10

  effect {
    customers_# = server.list_customers_#(20, "old")
  }

  fn label_#(visits: Int) -> String {
    match visits {
      0 => "new"
      n if n > 100 => "regular ({n})"
      _ => "known"
    }
  }

  component Customers#() {
    <section class="customers">
      <h1>Customers of this shop</h1>
      <p>{label_#(customers_#.length)}</p>
      if busy_# {
        <p class="note">Please wait a moment.</p>
      }
    </section>
  }
}
`;

const PART_LINES = PART.split("\n").length;

/** A small generator of pseudo-random numbers, so that runs compare. */
export function random(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** The text of about `lines` lines, and how many copies it has. */
export function documentOf(lines) {
  const copies = Math.max(1, Math.round(lines / PART_LINES));
  const parts = Array.from({ length: copies }, (_, index) => PART.replaceAll("#", String(index + 1)));
  return { text: parts.join("\n"), copies };
}

/** A text as the client has it: where something stands, and how an edit is said. */
export class Document {
  version = 1;

  constructor(lines) {
    const { text, copies } = documentOf(lines);
    this.text = text;
    this.lines = text.split("\n").length;
    this.copies = copies;
    /** @type {number[]} where each line begins */
    this.starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  position(offset) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.starts[low] };
  }

  /** Where `words` stands in the text, counted from the nth time; `behind` gives the place behind its first characters. */
  find(words, from = 0) {
    const offset = this.text.indexOf(words, from);
    if (offset < 0) throw new Error(`"${words}" is not in the document`);
    return offset;
  }

  range(words, from = 0) {
    const offset = this.find(words, from);
    return { start: this.position(offset), end: this.position(offset + words.length) };
  }
}

const complains = (diagnostics) => diagnostics.some(({ severity }) => severity === 1);
const isSilent = (diagnostics) => !complains(diagnostics);
const complainsAt = (line) => (diagnostics) =>
  diagnostics.some(({ severity, range }) => (severity ?? 1) <= 2 && Math.abs(range.start.line - line) <= 1);

/**
 * The keys that are pressed. `place` says where in copy `n`; `right` says of the diagnostics that come then, for that line,
 * whether they are right.
 * @type {Record<string, { key: string, place: (document: Document, copy: number) => number,
 *   right: (line: number) => (diagnostics: object[]) => boolean }[]>}
 */
export const keys = {
  letter: [
    // In a comment, in a text, in a number: nothing is wrong then. In a name that something else is called by: it is.
    { key: "q", place: (document, n) => document.find("more than a hundred", copyStart(document, n)), right: () => isSilent },
    { key: "q", place: (document, n) => document.find("Please wait", copyStart(document, n)) + 3, right: () => isSilent },
    { key: "1", place: (document, n) => document.find("(20, ", copyStart(document, n)) + 1, right: () => isSilent },
    { key: "q", place: (document, n) => document.find("chosen.reverse", copyStart(document, n)) + 3, right: complainsAt },
    { key: "q", place: (document, n) => document.find(`label_${n}(customers`, copyStart(document, n)) + 2, right: complainsAt },
    { key: "q", place: (document, n) => document.find(`server.list_customers_${n}(`) + 9, right: complainsAt },
  ],
  brace: [
    { key: "}", place: (document, n) => document.find("break\n", copyStart(document, n)) + 5, right: () => complains },
    { key: "}", place: (document, n) => document.find("browser {", copyStart(document, n)) + 9, right: () => complains },
    { key: "}", place: (document, n) => document.find("found\n  }", copyStart(document, n)) + 5, right: () => complains },
  ],
  quote: [
    { key: '"', place: (document, n) => document.find("break\n", copyStart(document, n)) + 5, right: () => complains },
    { key: '"', place: (document, n) => document.find("chosen.reverse", copyStart(document, n)), right: () => complains },
    { key: '"', place: (document, n) => document.find('"customer {', copyStart(document, n)), right: () => complains },
  ],
};

export const copyStart = (document, n) => document.find(`// What is known of the customers of shop ${n}.`);

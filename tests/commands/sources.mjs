// Small applications for the tests of the commands, and how to run a command in a folder of them.
import { folder, run, tova } from "../harness/program.mjs";

export const shared = `shared {
  type Note {
    id: Int
    text: String
  }
}
`;

export const api = `server "api" {
  var notes = []

  /// All notes.
  fn list_notes() -> [Note] {
    notes
  }

  fn add_note(text: String) -> Note {
    note = Note(len(notes) + 1, text)
    notes = [...notes, note]
    note
  }

  route GET "/notes" => list_notes
}
`;

export const feed = `server "feed" {
  fn ping() -> String {
    "pong"
  }
}
`;

export const page = `browser {
  state notes: [Note] = []

  effect {
    notes = server.list_notes()
  }

  component App {
    <ul>
      for note in notes {
        <li>{note.text}</li>
      }
    </ul>
  }
}
`;

/** Two servers and a page in one file. */
export const app = shared + api + feed + page;

/** One server without a name, in which a call counts. */
export const counter = `server {
  var calls = 0

  fn count() -> Int {
    calls = calls + 1
    calls
  }
}
`;

/** The page, with a call of a function that no server has. */
export const mistaken = page.replace("server.list_notes", "server.list_nots");

/**
 * Runs `tova` in a folder. Colours are off and the ports of the tests' own environment too.
 * @param {string} cwd
 */
export function tovaIn(cwd, ...words) {
  return run(tova, words, { cwd, env: { NO_COLOR: "1", FORCE_COLOR: undefined, PORT: undefined } });
}

/** A folder with one application file, and a function that runs `tova` in it. */
export function project(t, files) {
  const cwd = folder(t, files);
  return { cwd, tova: (...words) => tovaIn(cwd, ...words) };
}

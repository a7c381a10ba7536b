// The package that the editor tests look at: a server with functions, routes and documentation in
// one file, a second server in another, and the page in a third.

export const api = `// Users, kept in SQLite.
shared {
  type User {
    id: Int
    name: String
    email: String
  }
}

server "api" {
  db {
    adapter: "sqlite"
    database: "app.db"
  }
  model User

  middleware fn guard(req, res) {
    if req.headers["authorization"] == nil {
      res.status(401)
    }
  }

  /// Everyone who is known.
  fn list_users() -> [User] {
    User.all()
  }

  /// Adds someone.
  fn create_user(name: String, email: String) -> User {
    User.create({ name, email })
  }

  fn _audit(text) {
    print(text)
  }

  route GET "/api/users" => list_users
}
`;

export const events = `server "events" {
  var connections = []

  fn ws_connect(ws) {
    connections = [...connections, ws]
  }

  /// Tells everyone.
  fn broadcast(event) {
    for conn in connections {
      conn.send(JSON.stringify(event))
    }
  }

  route GET "/ws" => ws_connect
}
`;

export const page = `browser {
  state users: [User] = []
  state name = ""

  effect {
    users = server.list_users()
  }

  fn add() {
    user = server.create_user(name, "ada@example.com")
    users = [...users, user]
  }

  component App {
    <div>
      <h1>"Users"</h1>
      <button on:click={add}>"Add"</button>
    </div>
  }
}
`;

export const files = { "api.tova": api, "events.tova": events, "page.tova": page };

/** The page with one statement more in \`add\`; its text is what the test wants to look at. */
export function pageWith(statement) {
  return page.replace("    users = [...users, user]\n", `    users = [...users, user]\n    ${statement}\n`);
}

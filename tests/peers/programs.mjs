// The programs of this suite: what several servers are to each other. What they are to do is said by the tests.

/** Three servers: `shop` calls `audit` and `my-stock`, and tells `audit` of events. */
export const shop = `
shared {
  type Order { id: Int, text: String, tags: [String] = ["new"] }
  type Payment { Card(number: String, owner: Order) Cash }
  impl Order {
    fn label(self) { "{self.id}: {self.text}" }
  }
  impl Payment {
    fn kind(self) {
      match self {
        Card(number) => "card {number}"
        Cash => "cash"
      }
    }
  }
}

server "shop" {
  discover "audit" with { threshold: 2, reset_timeout: 400, timeout: 3000 }

  fn place(id: Int, text: String) {
    order = audit.record(Order(id, text))
    "{order.label()} ({order.tags[0]})"
  }
  fn names() { my_stock.list() |> filter(fn(x) x.left > 0) |> map(fn(x) x.name) }
  fn doubled(names: [String]) { [my_stock.count(name) * 2 for name in names] }
  fn judged(n: Int) {
    match audit.judge(n) {
      Ok(value) => "fine {value}"
      Err(reason) => "refused: {reason}"
    }
  }
  fn paid(cash: Bool) {
    payment = audit.payment(cash)
    payment.kind()
  }
  fn found(id: Int) {
    match my_stock.find(id) {
      Some(name) => name
      None => "nothing"
    }
  }
  fn relays(what: String) {
    try {
      match what {
        "refusal" => audit.record(JSON.parse('"no order"'))
        "failure" => audit.fails()
        "slow" => audit.slow(7000)
        _ => nil
      }
      "no error"
    } catch error {
      { status: error.status, code: error.code, functionName: error.functionName, peer: error.peer, mayHaveRun: error.mayHaveRun, details: error.details }
    }
  }
  fn bubbles() { audit.fails() }
  fn order(id: Int) {
    publish("ordered", { id: id })
    emit("counted", Some(id))
    publish("nobody listens", 1)
  }
}

server "audit" {
  var orders = []
  var events = []
  fn record(order: Order) -> Order {
    orders = [...orders, order.label()]
    order
  }
  fn all() { orders }
  fn judge(n: Int) { if n > 0 { Ok(n) } else { Err("not positive") } }
  fn payment(cash: Bool) { if cash { Cash } else { Card("12", Order(1, "a")) } }
  fn fails() {
    broken = nil
    broken.secret
  }
  async fn slow(ms: Int) {
    await sleep(ms)
    orders = [...orders, "slow"]
  }
  subscribe "ordered" fn(order) { events = [...events, order.id] }
  subscribe "counted" fn(count) {
    match count {
      Some(n) => { events = [...events, "some {n}"] }
      _ => { events = [...events, "?"] }
    }
  }
  fn events_seen() { events }
}

server "my-stock" {
  fn list() { [{ name: "pen", left: 3 }, { name: "ink", left: 0 }] }
  fn count(name: String) { len(name) }
  fn find(id: Int) -> Option<String> { if id == 1 { Some("pen") } else { None } }
}
`;

/** Two servers: `front` answers only what `ledger` has written down. */
export const ledger = `
server "front" {
  discover "ledger" with { threshold: 5, reset_timeout: 300, timeout: 5000 }
  fn pay(id: Int) { ledger.add(id) }
}

server "ledger" {
  fn add(id: Int) {
    writeText("ledger.txt", "{id}\\n", append: true).unwrap()
    id
  }
}
`;

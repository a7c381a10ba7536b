/* sources: in a pattern, `#` stands for the number of the copy. */
#include "tests/bench/sources.h"

static const char spaced[] =
    "/// What is known of one customer.\n"
    "shared {\n"
    "  type Customer# {\n"
    "    id: Int\n"
    "    name: String\n"
    "    tags: [String]\n"
    "  }\n"
    "}\n"
    "\n"
    "server \"customers\" {\n"
    "  model Customer# {\n"
    "    name: String\n"
    "    visits: Int = 0\n"
    "  }\n"
    "\n"
    "  fn list_customers_#() -> [Customer#] {\n"
    "    Customer#.all() |> filter(fn(one) one.visits > 0)\n"
    "  }\n"
    "\n"
    "  // A visit counts once a day.\n"
    "  fn visit_#(id: Int, day = \"today\") {\n"
    "    customer = Customer#.find(id)\n"
    "    if customer == nil {\n"
    "      return Err(\"no customer {id}\")\n"
    "    }\n"
    "    customer.visits += 1\n"
    "    for tag in customer.tags {\n"
    "      count = totals.get(tag) ?? 0\n"
    "      totals.set(tag, count + 1)\n"
    "    }\n"
    "    Ok({ id: id, day: day, visits: customer.visits })\n"
    "  }\n"
    "\n"
    "  route GET \"/customers/#\" => list_customers_#\n"
    "}\n"
    "\n"
    "browser {\n"
    "  state customers_# = []\n"
    "  state chosen_# = nil\n"
    "  computed busy_# = customers_#.length > 10\n"
    "\n"
    "  effect {\n"
    "    customers_# = server.list_customers_#()\n"
    "  }\n"
    "\n"
    "  fn label_#(customer) {\n"
    "    match customer.visits {\n"
    "      0 => \"new\"\n"
    "      n if n > 100 => \"regular ({n})\"\n"
    "      _ => \"known\"\n"
    "    }\n"
    "  }\n"
    "\n"
    "  component Customers#() {\n"
    "    <section class=\"customers\">\n"
    "      <h1>Customers of shop {#}</h1>\n"
    "      for one in customers_# {\n"
    "        <li on:click={fn() chosen_# = one.id}>\n"
    "          <b>{one.name}</b> {label_#(one)}\n"
    "        </li>\n"
    "      }\n"
    "      if busy_# {\n"
    "        <p class=\"note\">Please wait a moment.</p>\n"
    "      }\n"
    "    </section>\n"
    "  }\n"
    "}\n"
    "\n";

static const char dense[] =
    "fn f#(a,b,c){\n"
    "r=a+b*c-(a-1)/2\n"
    "s=[a,b,c,r].map(fn(x)x*2)\n"
    "if r>s[0]&&a!=b{return {a:a,b,r:s[1]}}\n"
    "for i in 0..c{r+=i%3\n"
    "s[i]=g(i,r,a)?.k}\n"
    "match s{[x,y]=>x+y\n"
    "{k:v}=>v\n"
    "_=>f#(b,c,a)}}\n";

static void repeat(struct strbuf *out, const char *pattern, uint32_t lines) {
    uint32_t written = 0;
    for (uint32_t copy = 1; written < lines; copy++) {
        for (const char *c = pattern; *c != '\0'; c++) {
            if (*c == '#') {
                strbuf_add_uint(out, copy);
            } else {
                strbuf_add_byte(out, *c);
            }
            written += *c == '\n';
        }
    }
}

void source_spaced(struct strbuf *out, uint32_t lines) { repeat(out, spaced, lines); }

void source_dense(struct strbuf *out, uint32_t lines) { repeat(out, dense, lines); }

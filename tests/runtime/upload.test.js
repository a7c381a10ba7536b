// Files that are sent in forms: limits, types and names, against clients that lie about all of them.
import { afterAll, describe, expect, test } from "bun:test";
import { cleanName } from "../../codegen/runtime/http_upload.js";
import { exchange, finish, folder, post, socketClient, start } from "./support.js";

afterAll(finish);

const PROGRAM = `
import { createServer } from "./runtime/server.js";
import { upload, uploadGuard } from "./runtime/http_upload.js";
const { __use, __addRoute, __listen } = createServer({ port: 3000 });
__use(upload({ max_size: 100_000, max_files: 3, max_total: 250_000, allowed_types: ["image/*", "text/plain"] }));
const shown = async (file) => file && { name: file.name, type: file.type, size: file.size, text: (await file.text()).slice(0, 20) };
__addRoute("POST", "/photo", async (req) => ({
  file: await shown(req.file), count: req.files.length, fields: req.fields, polluted: ({}).admin ?? null,
}), { with: [uploadGuard("photo")] });
__addRoute("POST", "/named", async (req) => {
  const body = await req.json();
  return { title: body.title, photo: await shown(body.photo) };
}, { with: [uploadGuard("photo")] });
__addRoute("POST", "/rpc/photo", (req) => Response.json({ result: 1 }), { with: [uploadGuard("photo")] });
__listen();
`;

const started = start(folder({ files: { "main.js": PROGRAM } }), "main.js", { PORT: "0" });

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

function form(...entries) {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

const file = (bytes, name, type) => new File([bytes], name, { type });

async function send(path, body) {
  const { url } = await started;
  const response = await fetch(url + path, { method: "POST", body });
  return [response.status, await response.json()];
}

/** A form as bytes, for names that no client would send. */
async function sendRaw(disposition, type = "text/plain", text = "hello") {
  const { port } = await started;
  const body = `--b\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: ${type}\r\n\r\n${text}\r\n--b--\r\n`;
  const answer = await exchange(port, `POST /photo HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  return [answer.status, JSON.parse(answer.body)];
}

describe("with upload", () => {
  test("the file, and what else the form says", async () => {
    expect(await send("/photo", form(["title", "A"], ["photo", file(PNG, "a b.png", "image/png")]))).toEqual([
      200, { file: { name: "a b.png", type: "image/png", size: 10, text: expect.any(String) }, count: 1, fields: { title: "A" }, polluted: null },
    ]);
  });

  test("arguments by their names are the file and the fields", async () => {
    expect(await send("/named", form(["title", "A"], ["photo", file("hello", "a.txt", "text/plain")])))
      .toEqual([200, { title: "A", photo: { name: "a.txt", type: "text/plain", size: 5, text: "hello" } }]);
  });

  test("several files of a field; none is nil; those of other fields do not count", async () => {
    const [, several] = await send("/photo", form(["photo", file("1", "1.txt", "text/plain")], ["photo", file("2", "2.txt", "text/plain")]));
    expect([several.count, several.file.name]).toEqual([2, "1.txt"]);
    expect(await send("/photo", form(["other", file("1", "1.txt", "text/plain")]))).toMatchObject([200, { file: null, count: 0, fields: {} }]);
    expect(await send("/photo", form(["photo", "text, not a file"]))).toMatchObject([200, { file: null, fields: { photo: "text, not a file" } }]);
  });

  test("too large, too many, too much in all", async () => {
    const large = file(new Uint8Array(100_001), "large.txt", "text/plain");
    expect(await send("/photo", form(["photo", large]))).toMatchObject([413, { error: "Payload too large", details: ["large.txt has more than 100000 bytes"] }]);
    const many = Array.from({ length: 4 }, (_, i) => ["photo", file("x", `${i}.txt`, "text/plain")]);
    expect(await send("/photo", form(...many))).toMatchObject([413, { details: ["at most 3 files"] }]);
    expect((await send("/photo", form(["a", file(new Uint8Array(260_000), "a", "text/plain")])))[0]).toBe(413);
  });

  test("a length that is not declared is counted", async () => {
    const { url } = await started;
    const stream = new ReadableStream({
      start(controller) {
        this.sent = 0;
        controller.enqueue(new TextEncoder().encode('--b\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n'));
      },
      pull(controller) {
        if (this.sent > 1 << 24) return controller.close();
        this.sent += 1 << 16;
        return controller.enqueue(new Uint8Array(1 << 16));
      },
    });
    const response = await fetch(`${url}/photo`, { method: "POST", body: stream, headers: { "Content-Type": "multipart/form-data; boundary=b" } });
    expect(response.status).toBe(413);
  });

  test("a type that is not allowed, or that the bytes are not", async () => {
    expect(await send("/photo", form(["photo", file("<script>", "a.html", "text/html")])))
      .toEqual([415, { error: "Unsupported media type", details: ["a.html is text/html; allowed: image/*, text/plain"] }]);
    expect(await send("/photo", form(["photo", file("<script>", "a.png", "image/png")])))
      .toEqual([415, { error: "Unsupported media type", details: ["a.png is not image/png"] }]);
    expect((await sendRaw('name="photo"; filename="a.html"', "image/png"))[0]).toBe(415);
    expect((await sendRaw('name="photo"; filename="a.txt"', "text/html"))).toMatchObject([200, { file: { type: "text/plain" } }]);
    expect((await send("/photo", form(["photo", file("MZ", "a.gif", "image/gif")])))[0]).toBe(415);
    expect((await send("/photo", form(["photo", file("GIF89a...", "a.gif", "image/gif")])))[0]).toBe(200);
  });

  test("names are made plain", async () => {
    expect(await sendRaw('name="photo"; filename="../../etc/passwd.txt"')).toMatchObject([200, { file: { name: "passwd.txt", text: "hello" } }]);
    expect(await sendRaw('name="photo"; filename="C:\\\\win\\\\x.txt"')).toMatchObject([200, { file: { name: "x.txt" } }]);
    expect(await sendRaw('name="photo"; filename="..txt"')).toMatchObject([415, { details: ["txt is application/octet-stream; allowed: image/*, text/plain"] }]);
  });

  test("a field named __proto__ changes no prototype", async () => {
    expect(await send("/photo", form(["__proto__", '{"admin":1}'], ["constructor", "x"]))).toMatchObject([200, { fields: { constructor: "x" }, polluted: null }]);
  });

  test("what is no form is 415, a broken one is 400, and RPC takes none", async () => {
    const { url, port } = await started;
    expect((await post(`${url}/photo`, { photo: "x" })).status).toBe(415);
    const broken = await exchange(port, "POST /photo HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9\r\n\r\nnot a for");
    expect(broken.status).toBe(400);
    expect((await post(`${url}/rpc/photo`, {})).status).toBe(415);
    expect((await send("/rpc/photo", form(["photo", file(PNG, "a.png", "image/png")])))[0]).toBe(415);
  });
});

describe("as the compiler emits it, behind `with auth` and beside `ws { auth: true }`", () => {
  const emitted = start(folder({ golden: "server_uploads" }), "app.server.files.js", { PORT: "0" });
  const token = (async () => (await post(`${(await emitted).url}/login`, { name: "Ann" })).json())();

  async function photo(path, headers = {}, method = "POST") {
    const { url } = await emitted;
    const body = form(["title", "A"], ["photo", file(PNG, "../p.png", "image/png")]);
    const response = await fetch(url + path, { method, headers, body });
    return [response.status, await response.json()];
  }

  test("who is not known uploads nothing; who is gets the file by its name", async () => {
    expect((await photo("/photos"))[0]).toBe(401);
    const known = { authorization: `Bearer ${await token}` };
    expect(await photo("/photos", known)).toEqual([201, { title: "A", name: "p.png", size: 10 }]);
    expect(await photo("/v1/photos", known)).toEqual([201, { title: "A", name: "p.png", size: 10 }]);
    expect(await photo("/photos", {}, "PUT")).toEqual([200, ["p.png"]]);
  });

  test("the endpoint of the same function is no way around", async () => {
    const { url } = await emitted;
    expect((await post(`${url}/rpc/add`, { title: "A", photo: { name: "x" } })).status).toBe(401);
    expect((await post(`${url}/rpc/add`, { title: "A" }, { authorization: `Bearer ${await token}` })).status).toBe(415);
  });

  test("a socket for who is known: by the header, or by the query as browsers must", async () => {
    const address = (await emitted).url.replace("http", "ws");
    await expect(socketClient(address)).rejects.toThrow("no connection");
    await expect(socketClient(`${address}/?token=a.b.c`)).rejects.toThrow("no connection");
    await expect(socketClient(`${address}/?token=a%0d%0aX:b`)).rejects.toThrow("no connection");
    for (const client of [await socketClient(address, { authorization: `Bearer ${await token}` }), await socketClient(`${address}/?token=${await token}`)]) {
      client.send("hi");
      expect(await client.receive()).toBe("Ann: hi");
      client.socket.close();
    }
  });

  test("the description says that it is a form, and for whom", async () => {
    const { paths } = await (await fetch(`${(await emitted).url}/openapi.json`)).json();
    expect(Object.keys(paths["/photos"].post.requestBody.content)).toEqual(["multipart/form-data"]);
    expect(paths["/photos"].post.security).toEqual([{ auth: [] }]);
    expect((await fetch(`${(await emitted).url}/docs`)).status).toBe(200);
  });
});

test("clean names", () => {
  const names = {
    "a.txt": "a.txt", "": "file", "..": "file", "...": "file", "/": "file", "a/b\\c.png": "c.png", ".htaccess": "htaccess", "-rf": "rf",
    "a\u0000b.txt": "a_b.txt", "a\r\nb": "a__b", "photo‮gnp.exe": "photo_gnp.exe", "con.txt": "file_con.txt", "NUL": "file_NUL",
    "a:b|c?.txt": "a_b_c_.txt", "$(rm x)`.sh": "__rm x__.sh", "größe 名前.png": "größe 名前.png", " a. ": "a", "<script>.svg": "_script_.svg",
  };
  expect(Object.fromEntries(Object.keys(names).map((name) => [name, cleanName(name)]))).toEqual(names);
  const long = cleanName(`${"ü".repeat(500)}.jpeg`);
  expect([Buffer.byteLength(long) <= 200, long.endsWith(".jpeg")]).toEqual([true, true]);
  expect(cleanName(undefined)).toBe("file");
});

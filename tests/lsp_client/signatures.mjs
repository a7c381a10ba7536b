// signatureHelp through a real client: the parameter that is being given, as words or as offsets in the negotiated encoding.
import assert from "node:assert/strict";
import { SignatureHelpRequest } from "vscode-languageserver-protocol/node";
import { test } from "../harness/test.mjs";
import { startEditor } from "./editor.mjs";
import { files, pageWith } from "./sources.mjs";

const withInformation = (signatureInformation) => ({ textDocument: { signatureHelp: { signatureInformation } } });

test("a server function's signature while its call is written", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith('server.create_user("Ann", '));
  const help = await editor.at(SignatureHelpRequest.type, "page.tova", '"Ann", ', 7);
  assert.equal(help.signatures.length, 1);
  assert.equal(help.signatures[0].label, "fn create_user(name: String, email: String) -> User");
  assert.deepEqual(help.signatures[0].parameters.map(({ label }) => label), ["name: String", "email: String"]);
  assert.equal(help.activeParameter, 1);
  assert.match(JSON.stringify(help.signatures[0].documentation), /Adds someone\./);
});

test("offsets in the label count units of the encoding", async (t) => {
  const source = 'shared {\n  fn größe(länge: Int, text: String = "😀", ende: Int = 1) { 1 }\n  fn f() { größe(1, "x", ) }\n}\n';
  for (const positionEncodings of [["utf-8"], ["utf-16"]]) {
    const editor = await startEditor(t, files, {
      positionEncodings,
      capabilities: withInformation({ activeParameterSupport: true, parameterInformation: { labelOffsetSupport: true } }),
    });
    await editor.open("words.tova", source);
    const help = await editor.at(SignatureHelpRequest.type, "words.tova", '"x", ', 5);
    const [signature] = help.signatures;
    const bytes = Buffer.from(signature.label, editor.encoding === "utf-8" ? "utf8" : "utf16le");
    const unit = editor.encoding === "utf-8" ? 1 : 2;
    const shown = signature.parameters.map(({ label: [start, end] }) =>
      bytes.subarray(start * unit, end * unit).toString(unit === 1 ? "utf8" : "utf16le"),
    );
    assert.deepEqual(shown, ["länge: Int", 'text: String = "😀"', "ende: Int = 1"]);
    assert.equal(signature.activeParameter, 2);
  }
});

test("outside of calls there is none", async (t) => {
  const editor = await startEditor(t, files);
  await editor.open("page.tova", pageWith('server.create_user("Ann", "b")'));
  assert.equal(await editor.at(SignatureHelpRequest.type, "page.tova", '"b")', 4), null);
});

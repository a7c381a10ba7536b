// The libraries of the layers call nothing that only commands may: they do not print, end the
// process, read the environment or take memory behind the back of parser/base.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "../harness/test.mjs";
import { root, tova } from "../harness/program.mjs";
import { expectNone } from "./repository.mjs";

const build = dirname(dirname(tova));

const memory = "malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf".split(" ");
const process_ = "exit _exit _Exit quick_exit system popen fork execvp getenv secure_getenv setenv putenv".split(" ");
const printing = "printf vprintf puts putchar fprintf vfprintf fputs fputc putc fwrite perror stdout stderr stdin".split(" ");

// By layer: what its library may not refer to. parser/base is the one that takes memory, and says
// why when there is none; analysis and the emitters have no business with files either.
const files = "fopen open openat creat unlink rename mkdir opendir".split(" ");
const rules = {
  "parser/base": [...process_],
  "parser/text": [...process_, ...printing, ...memory, ...files],
  "parser/syntax": [...process_, ...printing, ...memory, ...files],
  analysis: [...process_, ...printing, ...memory, ...files],
  codegen: [...process_, ...printing, ...memory, ...files],
  "server/features": [...process_, ...printing, ...memory, ...files],
  "server/lsp": [...process_, ...printing, ...memory, ...files],
  "server/io": [...printing, ...memory, "exit", "getenv", "system"],
};

for (const [layer, symbols] of Object.entries(rules)) {
  test(`the library of ${layer} calls nothing that is not a library's business`, (t) => {
    const folder = join(build, layer);
    const archives = existsSync(folder) ? readdirSync(folder).filter((name) => /^lib.*\.a$/.test(name)) : [];
    if (archives.length === 0) throw new Error(`${relative(root, folder)} holds no library`);
    expectNone(archives.flatMap((name) => uses(join(folder, name), symbols)));
  });
}

function uses(archive, symbols) {
  const found = [];
  let member = "";
  for (const line of execFileSync("nm", ["--undefined-only", archive], { encoding: "utf8" }).split("\n")) {
    member = /^(\S+\.o):$/.exec(line)?.[1] ?? member;
    // glibc's checked twins: __printf_chk is printf.
    const symbol = /^\s+U (?:__)?(\w+?)(?:_chk)?(?:@.*)?$/.exec(line)?.[1];
    if (symbols.includes(symbol)) found.push(`${relative(build, archive)}: ${member} uses ${symbol}`);
  }
  return found;
}

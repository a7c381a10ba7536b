// Who may include whom: the third column of ARCHITECTURE.md as data. A file belongs to the layer
// with the longest path that holds it.

/**
 * layers    what a layer may include besides itself; "*" is everything
 * foreign   the libraries' headers that only this layer may include, by the files that may
 */
const below = {
  text: ["parser/base"],
  syntax: ["parser/base", "parser/text"],
  analysis: ["parser/base", "parser/text", "parser/syntax"],
  codegen: ["parser/base", "parser/text", "parser/syntax", "analysis"],
  features: ["parser/base", "parser/text", "parser/syntax", "analysis", "codegen"],
};

export const layers = {
  "parser/base": {
    layers: [],
    foreign: { "uthash.h": /^parser\/base\/map\.[ch]$/, "utf8proc.h": /^parser\/base\/utf\.[ch]$/ },
  },
  "parser/text": { layers: below.text, foreign: {} },
  "parser/grammar": { layers: [], foreign: { "tree_sitter/parser.h": /^parser\/grammar\/src\// } },
  "parser/syntax": {
    layers: below.syntax,
    foreign: { "tree_sitter/api.h": /^parser\/syntax\//, "tree_sitter/parser.h": /^parser\/syntax\/language\.h$/ },
  },
  analysis: { layers: below.analysis, foreign: {} },
  codegen: { layers: below.codegen, foreign: {} },
  "server/features": { layers: below.features, foreign: {} },
  "server/lsp": {
    layers: [...below.features, "server/features"],
    foreign: { "cjson/cJSON.h": /^server\/lsp\// },
  },
  "server/io": { layers: ["parser/base"], foreign: { "uv.h": /^server\/io\// } },
  server: { layers: ["*"], foreign: {} },
  // Editors run the queries through tree-sitter itself, and so does their test. Threads are for tests that need a small
  // stack: the program has one thread that changes state, and libuv's workers.
  tests: {
    layers: ["*"],
    foreign: { "cmocka.h": /^tests\//, "tree_sitter/api.h": /^tests\/queries\//, "pthread.h": /^tests\/|^parser\/base\/atom\.c$|^server\/workers\.c$/ },
  },
};

/** The headers of C17, of POSIX and of the compilers, which every layer may include. */
export const systemHeaders = new Set(
  `assert.h ctype.h errno.h fcntl.h float.h inttypes.h limits.h malloc.h math.h setjmp.h signal.h stdalign.h stdarg.h stdatomic.h
   stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h strings.h time.h wchar.h
   dirent.h fnmatch.h ftw.h getopt.h libgen.h poll.h regex.h spawn.h termios.h unistd.h sys/ioctl.h sys/mman.h
   sys/file.h sys/resource.h sys/socket.h sys/stat.h sys/time.h sys/types.h sys/un.h sys/utsname.h sys/wait.h sys/prctl.h
   netinet/in.h arpa/inet.h sanitizer/asan_interface.h sanitizer/lsan_interface.h`.split(/\s+/),
);

export function layerOf(path) {
  return Object.keys(layers)
    .filter((layer) => path.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];
}

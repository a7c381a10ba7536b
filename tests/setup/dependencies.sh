# shellcheck shell=sh
# Makes sure that what the project needs is on the machine, and installs what is missing: with
# apt-get on Debian and Ubuntu, with npm from tests/package-lock.json into tests/node_modules.
# Sourced by ./tova and ./test, with `root` set to the repository. Everything that it has to say
# goes to standard error, because standard output may be a language server's. When all is there
# it asks the machine and says nothing, which takes some ten milliseconds.

# The table: what each need consists of, how to see that it is there, and Debian's package of it.
#   command NAME   a program on the PATH       library NAME   what pkg-config knows
#   header NAME    what the compiler finds     sanitizer CC   CC links with AddressSanitizer
#   browser -      a Chromium on the PATH
#   postgres -     a PostgreSQL where Debian puts it
#   server NAME    a program on the PATH of an administrator
dependency_rows() {
  case $1 in
    build) cat <<'ROWS' ;;
command cc gcc
header stdio.h libc6-dev
command meson meson
command ninja ninja-build
command pkg-config pkg-config
library libuv libuv1-dev
library libcjson libcjson-dev
library tree-sitter libtree-sitter-dev
library libutf8proc libutf8proc-dev
library cmocka libcmocka-dev
header uthash.h uthash-dev
ROWS
    node) echo "command node nodejs"; echo "command npm npm" ;;
    git) echo "command git git" ;;
    chromium) echo "browser - chromium" ;;
    databases) echo "postgres - postgresql"; echo "server mariadbd mariadb-server" ;;
    neovim) echo "command nvim neovim" ;;
    valgrind) echo "command valgrind valgrind" ;;
    sanitizers) echo "command clang clang"; echo "sanitizer clang libclang-rt-dev" ;;
    *) echo "dependencies.sh: no need is called $1" >&2; return 1 ;;
  esac
}

has_command() { command -v "$1" >/dev/null 2>&1; }
has_library() { has_command pkg-config && pkg-config --exists "$1" 2>/dev/null; }
has_header() { echo "#include <$1>" | cc -E -x c - >/dev/null 2>&1; }
has_postgres() { ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; }
has_server() { has_command "$1" || [ -x "/usr/sbin/$1" ]; }
has_browser() { chromium_path >/dev/null; }
has_sanitizer() {
  echo 'int main(void) { return 0; }' |
    "$1" -x c -fsanitize=address,undefined -o /dev/null - >/dev/null 2>&1
}

# The Chromium that the browser tests use; TOVA_CHROMIUM names another one.
chromium_path() {
  for chromium in ${TOVA_CHROMIUM:+"$TOVA_CHROMIUM"} chromium chromium-browser google-chrome; do
    command -v "$chromium" 2>/dev/null && return 0
  done
  return 1
}

# The Bun of the lock file, or else the machine's own.
bun_path() {
  if [ -x "$root/tests/node_modules/.bin/bun" ]; then
    echo "$root/tests/node_modules/.bin/bun"
  else
    command -v bun
  fi
}

say() { printf 'tova: %s\n' "$*" >&2; }

# need NAME...: all of the named needs are there afterwards, or the script ends with status 1.
need() {
  npm_wanted=
  rows=
  for need; do
    case $need in
      bun) [ -n "${TOVA_BUN:-}" ] || has_command bun || npm_wanted=1 ;;
      node-tools) npm_wanted=1 ;;
      *) rows="$rows$(dependency_rows "$need")
" || exit 1 ;;
    esac
  done
  if [ -n "$npm_wanted" ] && node_tools_are_there; then
    npm_wanted=
  fi
  [ -z "$npm_wanted" ] || rows="$rows$(dependency_rows node)
"
  need_packages "$rows"
  [ -z "$npm_wanted" ] || install_node_tools
}

# Prints the rows that are not satisfied.
missing_rows() {
  while read -r kind name package; do
    [ -z "$kind" ] || "has_$kind" "$name" || echo "$kind $name $package"
  done <<ROWS
$1
ROWS
}

need_packages() {
  missing=$(missing_rows "$1")
  [ -n "$missing" ] || return 0
  packages=$(echo "$missing" | awk '{ printf "%s%s", (NR > 1 ? " " : ""), $3 }')
  if ! has_command apt-get; then
    stop_for_missing "This is neither Debian nor Ubuntu, so install them with the system's own \
package manager and start again."
  fi
  if [ "$(id -u)" = 0 ]; then
    privileged=
  elif has_command sudo && sudo -n true 2>/dev/null; then
    privileged="sudo -n"
  else
    stop_for_missing "Run this as an administrator and start again:
  apt-get install $packages"
  fi
  install_packages
  missing=$(missing_rows "$1")
  [ -z "$missing" ] || stop_for_missing "apt-get installed $packages, and they are still not found."
}

install_packages() {
  say "installing with apt-get: $packages"
  mkdir -p "$root/.setup"
  log=$root/.setup/apt-get.log
  # The package lists of a fresh machine are empty or old: refresh them when the first try fails.
  if apt_get install $packages >"$log" 2>&1; then
    return 0
  fi
  if apt_get update >>"$log" 2>&1 && apt_get install $packages >>"$log" 2>&1; then
    return 0
  fi
  tail -n 20 "$log" >&2
  stop_for_missing "apt-get could not install them; its messages are above and in .setup/apt-get.log."
}

apt_get() {
  # shellcheck disable=SC2086  # $privileged is empty or two words
  $privileged env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o DPkg::Lock::Timeout=120 --no-install-recommends "$@" </dev/null
}

stop_for_missing() {
  say "these are missing:"
  echo "$missing" | awk '{
    what["command"] = "the program "; what["library"] = "the C library "
    what["header"] = "the C header "; what["browser"] = "Chromium"
    what["postgres"] = "PostgreSQL"; what["server"] = "the server "
    what["sanitizer"] = "the sanitizers of "
    printf "  %s%s  (Debian: %s)\n", what[$1], ($2 == "-" ? "" : $2), $3
  }' >&2
  printf '%s\n' "$1" >&2
  exit 1
}

# The stamp says for which lock file, system and processor tests/node_modules was filled.
node_tools_stamp() { echo "$(cksum <"$root/tests/package-lock.json") $(uname -sm)"; }

node_tools_are_there() {
  stamp=$root/tests/node_modules/.installed-for
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(node_tools_stamp)" ]
}

install_node_tools() {
  say "installing Bun and the JavaScript test tools with npm into tests/node_modules"
  mkdir -p "$root/.setup"
  log=$root/.setup/npm.log
  modules=$root/tests/node_modules
  if ! (cd "$root/tests" && npm ci --no-progress </dev/null) >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "npm ci failed; its messages are above and in .setup/npm.log"
    exit 1
  fi
  # An npm that does not run install scripts leaves Bun's program where its package put it.
  if ! "$modules/.bin/bun" --version >>"$log" 2>&1; then
    (cd "$modules/bun" && node install.js </dev/null) >>"$log" 2>&1
  fi
  if ! "$modules/.bin/bun" --version >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say "npm installed Bun, but it does not run on this machine ($(uname -sm));" \
      "put a bun of your own on the PATH and start again"
    exit 1
  fi
  node_tools_stamp >"$modules/.installed-for"
}

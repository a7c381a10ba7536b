# shellcheck shell=sh
# Builds the project incrementally with meson and ninja. Sourced by ./tova and ./test after
# dependencies.sh, with `root` set. Says nothing on standard output, and on standard error only
# that a first build goes on, what else takes longer than two seconds, or what went wrong.

# build DIRECTORY TARGETS [MESON-OPTION...]: sets DIRECTORY up when it is new, builds TARGETS (one
# word list, "" for all), and ends the script with status 1 after showing the errors.
build() {
  directory=$1
  targets=$2
  shift 2
  mkdir -p "$root/.setup"
  log=$root/.setup/build.log
  words="building what has changed into ${directory#"$root"/}"
  if [ ! -f "$directory/build.ninja" ]; then
    say "building for the first time into ${directory#"$root"/}, which takes a while"
    words=
    meson setup "$directory" "$root" "$@" >"$log" 2>&1 </dev/null || stop_for_build
  fi
  # shellcheck disable=SC2086  # several targets are several words
  patiently "$words" ninja -C "$directory" --quiet $targets || stop_for_build
}

# patiently WORDS COMMAND...: runs it with its messages in the log, and says the words, if there
# are any, where it has not ended after two seconds.
patiently() {
  words=$1
  shift
  { sleep 2 2>/dev/null && [ -n "$words" ] && say "$words"; } >/dev/null </dev/null &
  watcher=$!
  "$@" >"$log" 2>&1 </dev/null && status=0 || status=$?
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  return "$status"
}

stop_for_build() {
  cat "$log" >&2
  say "the build failed; its messages are above"
  exit 1
}

# alone COMMAND...: runs it while no other ./tova or ./test of this repository sets up or builds.
alone() {
  mkdir -p "$root/.setup"
  if has_command flock; then
    exec 9>"$root/.setup/lock"
    if ! flock -w 2 9; then
      say "waiting for another ./tova or ./test that builds"
      flock 9
    fi
    "$@" 9>&-
    exec 9>&-
  else
    "$@"
  fi
}

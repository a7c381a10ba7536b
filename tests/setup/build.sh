# shellcheck shell=sh
# Builds the project incrementally with meson and ninja. Sourced by ./tova and ./test after
# dependencies.sh, with `root` set. Says nothing on standard output, and on standard error only
# that a first build goes on, or what went wrong.

# build DIRECTORY TARGETS [MESON-OPTION...]: sets DIRECTORY up when it is new, builds TARGETS (one
# word list, "" for all), and ends the script with status 1 after showing the errors.
build() {
  directory=$1
  targets=$2
  shift 2
  mkdir -p "$root/.setup"
  log=$root/.setup/build.log
  if [ ! -f "$directory/build.ninja" ]; then
    say "building for the first time into ${directory#"$root"/}, which takes a while"
    meson setup "$directory" "$root" "$@" >"$log" 2>&1 </dev/null || stop_for_build
  fi
  # shellcheck disable=SC2086  # several targets are several words
  ninja -C "$directory" --quiet $targets >"$log" 2>&1 </dev/null || stop_for_build
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
    flock 9
    "$@" 9>&-
    exec 9>&-
  else
    "$@"
  fi
}

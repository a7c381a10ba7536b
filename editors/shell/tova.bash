# Completion of tova's commands and options in bash; tests/install compares it with what `tova help` shows.

# Prints the options of a command, one a line; an option whose value is the next word ends in a space and its kind.
_tova_options() {
  case $1 in
    dev) printf '%s\n' '--port number' ;;
    build) printf '%s\n' '-o folder' --watch --production --no-maps --strict --quiet ;;
    check) printf '%s\n' --syntax --strict '--format format' '--color color' ;;
    run) printf '%s\n' --strict ;;
    test) printf '%s\n' '--filter text' --bench --coverage ;;
    bench) printf '%s\n' '--filter text' ;;
    preview) printf '%s\n' '--block block' ;;
    routes) printf '%s\n' --json --openapi '--server text' '--port number' ;;
    hover | definition | implementation | references | symbols) printf '%s\n' --json ;;
    rename) printf '%s\n' --dry-run --json ;;
    lsp) printf '%s\n' '--log file' '--log-level level' --verbose '--mirror file' ;;
    replay) printf '%s\n' --paced '--compare file' ;;
  esac
  printf '%s\n' --help
}

_tova_commands='dev build check run test bench explain preview routes hover definition implementation references rename
  symbols lsp replay demo help version'

# Words that begin as the one at the cursor does.
_tova_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

# Files that end in .tova, and folders.
_tova_sources() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -d -- "$1"; compgen -f -X '!*.tova' -- "$1")
}

_tova_value() {
  case $1 in
    folder) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
    file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
    format) _tova_words 'text json sarif github' "$2" ;;
    color) _tova_words 'always never auto' "$2" ;;
    level) _tova_words 'error warning info debug' "$2" ;;
    block) _tova_words 'shared server client' "$2" ;;
  esac
}

_tova() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} option kind
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _tova_words "$_tova_commands --help --version" "$current"
    return
  fi
  # bash takes `--format=json` for three words
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  while read -r option kind; do
    if [[ -n $kind && $option == "$previous" ]]; then
      _tova_value "$kind" "$current"
      return
    fi
  done < <(_tova_options "$command")
  if [[ $current == -* ]]; then
    _tova_words "$(_tova_options "$command" | cut -d ' ' -f 1)" "$current"
    return
  fi
  case $command in
    help) _tova_words "$_tova_commands directives" "$current" ;;
    explain) _tova_words "$(tova explain 2>/dev/null | grep -o '^ *[EWIH][0-9]*')" "$current" ;;
    demo | version | lsp) ;;
    replay) _tova_value file "$current" ;;
    *) _tova_sources "$current" ;;
  esac
}

complete -F _tova tova

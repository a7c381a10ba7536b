# Completion of tova's commands and options in fish; tests/install compares it with what `tova help` shows.

# Files that end in .tova, and folders.
function __tova_sources
    __fish_complete_suffix .tova | string match -r '^.*(?:/|\.tova)(?:\t.*)?$'
end

# tova COMMAND "what it does": a command, with its option --help.
function __tova_command
    complete -c tova -n __fish_use_subcommand -f -a $argv[1] -d $argv[2]
    complete -c tova -n "__fish_seen_subcommand_from $argv[1]" -l help -d 'shows how it is used'
end

# COMMANDS, then what `complete` takes: an option of commands.
function __tova_option
    complete -c tova -n "__fish_seen_subcommand_from $argv[1]" $argv[2..]
end

complete -c tova -n __fish_use_subcommand -f -l help -d 'shows the commands'
complete -c tova -n __fish_use_subcommand -f -l version -d 'shows the version'

__tova_command dev 'builds, runs every server, and again on every change'
__tova_command build 'writes the JavaScript of an application'
__tova_command check 'shows what is wrong, changes nothing'
__tova_command run 'compiles a program and runs it with Bun'
__tova_command test 'runs the test blocks of an application'
__tova_command bench 'runs the bench blocks and prints the time of a run'
__tova_command explain 'tells what a diagnostic means and how it is mended'
__tova_command preview 'prints the JavaScript that a file becomes'
__tova_command routes 'lists what the servers of an application answer'
__tova_command hover 'tells what a name is'
__tova_command definition 'shows where a name is declared'
__tova_command implementation 'shows what implements a trait, a function of it, or a type'
__tova_command references 'shows every use of a name, its declaration too'
__tova_command rename 'gives a name another spelling, in every file that uses it'
__tova_command symbols 'lists what a file declares, or what all files have by a name'
__tova_command lsp 'the language server, for editors'
__tova_command replay 'plays a recording of the language server again'
__tova_command demo 'plays a session of an editor and shows it'
__tova_command help 'shows the commands, or how one is used'
__tova_command version 'shows the version'

__tova_option 'dev build check run test bench preview routes hover definition implementation references rename symbols' -k -x -a '(__tova_sources)'
__tova_option 'explain' -x -a '(tova explain 2>/dev/null | string match -r "[EWIH][0-9]+")'
__tova_option 'help' -x -a 'dev build check run test bench explain preview routes hover definition implementation references rename symbols lsp replay demo help version directives'
__tova_option 'demo version lsp' -f

__tova_option 'dev' -x -l port -d 'the port of the first server'
__tova_option 'build' -x -s o -a '(__fish_complete_directories)' -d 'writes into this folder'
__tova_option 'build' -l watch -d 'builds again on every change'
__tova_option 'build' -l production -d 'bundles into dist what runs by itself'
__tova_option 'build' -l no-maps -d 'makes no source maps'
__tova_option 'build' -l quiet -d 'prints errors only'
__tova_option 'build check run' -l strict -d 'types that do not fit are errors'
__tova_option 'check' -l syntax -d 'syntax errors only'
__tova_option 'check' -x -l format -a 'text json sarif github' -d 'how it is printed'
__tova_option 'check' -x -l color -a 'always never auto' -d 'when it has colours'
__tova_option 'test bench' -x -l filter -d 'only those whose name holds this'
__tova_option 'test' -l bench -d 'runs the bench blocks instead'
__tova_option 'test' -l coverage -d 'tells how much of the output has run'
__tova_option 'preview' -x -l block -a 'shared server client' -d 'the block'
__tova_option 'routes' -l json -d 'as JSON'
__tova_option 'routes' -l openapi -d 'as an OpenAPI document'
__tova_option 'routes' -x -l server -d 'of one server only'
__tova_option 'routes' -x -l port -d 'the port of the first server'
__tova_option 'hover definition implementation references rename symbols' -l json -d 'the answer of the language server'
__tova_option 'rename' -l dry-run -d 'shows the change as a patch'
__tova_option 'lsp' -r -l log -d 'writes the log to this file'
__tova_option 'lsp' -x -l log-level -a 'error warning info debug' -d 'what is logged'
__tova_option 'lsp' -l verbose -d 'logs every message'
__tova_option 'lsp' -r -l mirror -d 'records what the editor sends'
__tova_option 'replay' -l paced -d 'with the pauses of then'
__tova_option 'replay' -r -l compare -d 'prints other answers only'

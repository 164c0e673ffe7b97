# shellcheck shell=bash
# The tools that the tests need beyond Maven. As root on Debian missing ones are installed, and it
# is said; elsewhere what needs them is left out, and that is said; with CI=true that is a failure.

missing_tools=''

# need_tool COMMAND PACKAGE WHAT_FOR: false when the command is not there and cannot be had.
need_tool() {
  command -v "$1" >/dev/null && return 0
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "installing $2 with apt-get, for $3"
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2" >/dev/null 2>&1 ||
      { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$2"; } \
        >/dev/null 2>&1; then
      hash -r
      command -v "$1" >/dev/null && return 0
    fi
    leave_out "$3: '$1' is missing and the package $2 could not be installed"
  else
    leave_out "$3: '$1' is missing (package $2)"
  fi
  return 1
}

# leave_out SENTENCE: what did not run and why, repeated in the summary.
leave_out() {
  missing_tools=$missing_tools$1$'\n'
  say "not run: $1"
}

# shellcheck shell=bash
# The client puts the terminal back by itself on every orderly end. Killed by SIGKILL, by the
# kernel's memory killer or by a crash of the JVM, it cannot: then this does.

# run_in_terminal FULLSCREEN COMMAND...: runs it in the foreground, hands signals on, repairs the
# terminal if need be, and ends with the command's own status.
run_in_terminal() {
  local fullscreen=$1 saved status signalled child errors=/dev/stderr
  shift
  saved=$(stty -g)
  if [[ -n $fullscreen ]]; then
    private_folder "$state_folder"
    errors=$state_folder/stderr.$$
    (umask 077 && : >"$errors")
  fi
  # A foreground child would make bash hold signals back until it ends; a child in the background
  # that is waited for gets them at once. The terminal's own Ctrl-C reaches both.
  trap 'signalled=TERM; kill -TERM "$child"' TERM
  trap 'signalled=HUP; kill -HUP "$child"' HUP
  trap 'signalled=INT' INT
  # Bash ignores SIGINT for such a child; the first line undoes that.
  (
    trap - INT TERM HUP
    exec "$@" 2>"$errors"
  ) <&0 &
  child=$!
  while :; do
    signalled=''
    wait "$child" 2>/dev/null
    status=$?
    [[ -n $signalled ]] || break
  done
  if [[ $(stty -g) != "$saved" ]]; then
    repair_terminal "$saved" "$fullscreen"
  fi 2>/dev/null
  if [[ -n $fullscreen ]]; then
    cat "$errors" >&2
    rm -f "$errors"
  fi
  report_violent_end "$child"
  exit "$status"
}

# repair_terminal SAVED FULLSCREEN: line settings, then whatever the full screen may have switched
# on: synchronised output, paste brackets, focus and mouse reports, key protocols, colours, the
# hidden cursor and the alternate screen.
repair_terminal() {
  stty "$1"
  printf '\033[?2026l\033[?2004l\033[?1004l\033[?1000l\033[?1002l\033[?1006l\033[0m\033[?25h'
  [[ -z $2 ]] || printf '\033[r\033[?1049l'
}

# report_violent_end CHILD: only for the ends that the client could not speak about itself. A JVM
# that crashes without a core dump, which would hold what was said, ends with 1 like any failure.
report_violent_end() {
  if [[ -e $state_folder/jvm-crash-$1.log ]]; then
    say "the JVM crashed; its report is $state_folder/jvm-crash-$1.log"
    status=134
  elif ((status == 137)); then
    say "the client was killed (SIGKILL, or the machine ran out of memory)"
  fi
}

# shellcheck shell=bash
# Where one test plays: a home folder, a tmux server and a set of processes that nobody else touches.

set_stage() {
  # The cache with the builds is the only thing shared with the user's own world.
  export XDG_CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache}
  stage=$(mktemp -d "${TMPDIR:-/tmp}/knothole-e2e.XXXXXX")
  export HOME=$stage/home LANG=C.UTF-8 LC_ALL=C.UTF-8 TERM=xterm-256color
  unset XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME XDG_RUNTIME_DIR NO_COLOR COLORTERM TMUX
  mkdir "$HOME"
  : >"$stage/processes"
}

clear_stage() {
  local pid
  tmux -S "$stage/tmux" kill-server 2>/dev/null
  while read -r pid; do kill "$pid" 2>/dev/null; done <"$stage/processes"
  rm -rf "$stage"
}

# ends_with_test PID: a process of the test that must not outlive it.
ends_with_test() { echo "$1" >>"$stage/processes"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# eventually SECONDS SENTENCE COMMAND...: polls until the command succeeds; the SENTENCE says what
# was waited for in vain.
eventually() {
  local deadline=$((SECONDS + $1)) sentence=$2
  shift 2
  until "$@"; do
    ((SECONDS < deadline)) || fail "in vain: $sentence"
    sleep 0.1
  done
}

assert_equal() { [[ $1 == "$2" ]] || fail "${3:-expected}: wanted '$2', got '$1'"; }
assert_contains() { [[ $1 == *"$2"* ]] || fail "${3:-text} should contain '$2': $1"; }
assert_lacks() { [[ $1 != *"$2"* ]] || fail "${3:-text} should not contain '$2': $1"; }

# artefacts: what helps to see why a test failed.
artefacts() {
  local file name
  for name in $(tmux -S "$stage/tmux" list-sessions -F '#{session_name}' 2>/dev/null); do
    echo "--- screen of $name"
    tmux -S "$stage/tmux" capture-pane -p -t "$name" | sed 's/[[:space:]]*$//' | cat -s
  done
  while IFS= read -r file; do
    echo "--- ${file#"$stage/"}"
    tail -n 25 "$file" | cat -v
  done < <(find "$stage" -type f \( -name '*.log' -o -name '*.out' -o -name '*.err' -o -name '*.txt' \))
}

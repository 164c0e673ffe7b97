# shellcheck shell=bash
# Programs that run in the background, known by a file that holds their process id and the moment
# they began: an id alone may have passed to another program since.

# born PID: the moment the process began, as a word that no later process of that id shares.
born() {
  local stat
  if [[ -r /proc/$1/stat ]]; then
    stat=$(<"/proc/$1/stat") || return 1
    # The name in parentheses may hold blanks; the 20th field after it is the start time.
    # shellcheck disable=SC2086 # split on purpose
    set -- ${stat##*) }
    printf '%s\n' "${20}"
  else
    ps -o lstart= -p "$1" 2>/dev/null
  fi
}

remember_process() { printf '%s\n%s\n' "$2" "$(born "$2")" >"$1"; }

# remembered_process FILE: sets pid when that very process still runs; otherwise it is empty.
remembered_process() {
  local moment=''
  pid=''
  [[ -r $1 ]] || return 1
  { read -r pid && IFS= read -r moment; } <"$1"
  if [[ ! $pid =~ ^[0-9]+$ ]] || ! is_running "$pid" || [[ $(born "$pid") != "$moment" ]]; then
    pid=''
    return 1
  fi
}

# is_running PID: a dead process that its parent has not fetched yet does not run.
is_running() {
  kill -0 "$1" 2>/dev/null || return 1
  [[ ! -r /proc/$1/stat ]] || [[ $(<"/proc/$1/stat") != *') Z '* ]]
} 2>/dev/null

# holder_of_udp_port PORT: who has it, as far as this user may see; empty when nobody can tell.
holder_of_udp_port() {
  local holder=''
  if command -v ss >/dev/null; then
    holder=$(ss -Hulnp "sport = :$1" 2>/dev/null |
      sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1 (process \2)/p' | head -n 1)
  fi
  if [[ -z $holder ]] && command -v lsof >/dev/null; then
    holder=$(lsof -nP -iUDP:"$1" 2>/dev/null | awk 'NR == 2 { print $1 " (process " $2 ")" }')
  fi
  printf '%s' "$holder"
}

# shellcheck shell=bash
# The programs under test, as a user starts them.

# free_port: sets port to a UDP port that nobody has at this moment.
free_port() {
  local hex
  while :; do
    port=$((20000 + RANDOM % 12000))
    hex=$(printf ':%04X ' "$port")
    grep -qsi "$hex" /proc/net/udp /proc/net/udp6 || return 0
  done
}

# open_relay: a relay of this test's own; sets port, and relay to its address.
open_relay() {
  "$root/scripts/relay" start -- --port 0 --bind 127.0.0.1 2>"$stage/relay.start.log"
  port=$(sed -n 's/.* on port //p' "$stage/relay.start.log")
  relay=127.0.0.1:$port
  ends_with_test "$(head -n 1 "$HOME/.local/state/knothole/relay.pid")"
}

# open_client NAME [OPTIONS]: starts the full-screen client at NAME's terminal, each person with a
# home folder of their own, and waits for the first frame.
open_client() {
  launch_client "$@"
  eventually 30 "$1's first frame" has_flag "$1" alternate_on 1
  sees "$1" "$1"
}

launch_client() {
  local who=$1 home=$stage/$1.home
  shift
  mkdir -p "$home"
  enter "$who" "HOME=$home scripts/tui-client --name $who ${relay:+--relay $relay} $*; echo status=\$?"
}

# online NAME...: each with a client that is known at the relay.
online() {
  local who
  for who in "$@"; do
    shows "$who" 'shell>' 2>/dev/null || sit_down "$who"
    open_client "$who"
  done
  for who in "$@"; do sees "$who" "online as $who"; done
}

# launcher_process NAME: the script that the shell at NAME's terminal started.
launcher_process() { pgrep -P "$(flag "$1" pane_pid)" | head -n 1; }

# client_process NAME: the JVM that it started.
client_process() { pgrep -P "$(launcher_process "$1")" java; }

# in_chat NAME NAME: both online, and the first has connected to the second, who said yes.
in_chat() {
  online "$1" "$2"
  enter "$1" "/connect $2"
  accepts "$2" "$1"
  sees "$1" "Connected to $2 .*encrypted"
  sees "$2" "Connected to $1 .*encrypted"
}

# accepts NAME CALLER: says yes to who calls for the first time, when they do.
accepts() {
  sees "$1" "$2 wants to talk to you"
  enter "$1" "/accept $2"
}

is_gone() { ! kill -0 "$1" 2>/dev/null; }

# console NAME OPTIONS...: the line-by-line client, fed from stdin.
console() {
  local who=$1
  shift
  mkdir -p "$stage/$who.home"
  HOME=$stage/$who.home "$root/scripts/tui-client" --console --name "$who" \
    ${relay:+--relay "$relay"} "$@"
}

# at_desk NAME: a console client whose standing input is the pipe NAME.in and whose words are in
# NAME.out; sets desk to its process.
at_desk() {
  local who=$1
  rm -f "$stage/$who.in" "$stage/$who.out"
  mkfifo "$stage/$who.in"
  console "$who" <"$stage/$who.in" >"$stage/$who.out" 2>&1 &
  desk=$!
  ends_with_test "$desk"
}

# speak NAME TEXT: pipes TEXT into a console client; sets status; what it said is in NAME.out.
speak() {
  status=0
  printf '%s' "$2" | console "$1" >"$stage/$1.out" 2>"$stage/$1.err" || status=$?
}

# listen NAME COMMAND...: a console client in the background that goes on listening until hang_up
# closes its input; what it says is in NAME.out.
listen() {
  local who=$1
  shift
  mkfifo "$stage/$who.in"
  "$@" <"$stage/$who.in" >"$stage/$who.out" 2>&1 &
  listener=$!
  ends_with_test "$listener"
  exec 7>"$stage/$who.in"
  hears "$who" 'online as'
}

# hears NAME TEXT: waits until the console client has printed it.
hears() { eventually 30 "$1 hears '$2'" grep -qF -- "$2" "$stage/$1.out"; }

# hang_up: sets status.
hang_up() {
  exec 7>&-
  status=0
  wait "$listener" || status=$?
}

# shellcheck shell=bash
# What was said survives the sudden end of either side.

# strike DESK: kill -9 of the JVM behind a console client.
strike() {
  pkill -KILL -P "$(pgrep -P "$1" | head -n 1)" java 2>/dev/null || pkill -KILL -P "$1" java
  wait "$1" 2>/dev/null || true
}

# lines FROM TO: numbered lines to say.
lines() { seq -f 'line %.0f' "$1" "$2"; }

# said_to FILE: the numbers of the lines in an exported chat, in their order.
said_to() { sed -n 's/.*: line \([0-9]*\)$/\1/p' "$1"; }

test_kill_9_of_either_side_loses_and_doubles_nothing_of_many_lines() {
  local alice bob count=10000
  open_relay
  at_desk bob && bob=$desk
  exec 7>"$stage/bob.in"
  hears bob 'online as bob'
  at_desk alice && alice=$desk
  exec 8>"$stage/alice.in"
  hears alice 'online as alice'
  echo '/connect bob' >&8
  hears bob 'alice wants to talk to you'
  echo '/accept alice' >&7
  hears alice 'Connected to bob'
  lines 1 "$((count / 2))" >&8
  hears bob "line $((count / 5))"

  strike "$bob"
  exec 7>&-
  at_desk bob && bob=$desk
  exec 7>"$stage/bob.in"
  hears bob "alice: line $((count / 2))"

  lines "$((count / 2 + 1))" "$count" >&8
  hears bob "line $((count * 7 / 10))"
  strike "$alice"
  exec 8>&-
  at_desk alice && alice=$desk
  exec 8>"$stage/alice.in"
  hears alice 'online as alice'
  echo '/msg bob the last word' >&8
  hears bob 'alice: the last word'

  echo "/connect bob" >&8
  eventually 60 "alice's export" exported alice 8 bob
  eventually 60 "bob's export" exported bob 7 alice
  said_to "$stage/alice.txt" >"$stage/alice.said"
  said_to "$stage/bob.txt" >"$stage/bob.said"
  assert_equal "$(cat "$stage/bob.said")" "$(cat "$stage/alice.said")" "what bob has of it"
  assert_equal "$(sort -n -u "$stage/bob.said")" "$(cat "$stage/bob.said")" "its order"
  [[ $(wc -l <"$stage/bob.said") -gt $((count / 2)) ]] || fail "hardly anything was said"
}

# exported NAME FD PEER: the chat with PEER as text in NAME.txt.
exported() {
  printf '/connect %s\n/export %s\n' "$3" "$stage/$1.txt" >&"$2"
  for _ in {1..20}; do
    [[ -s $stage/$1.txt ]] && return 0
    sleep 0.2
  done
  return 1
}

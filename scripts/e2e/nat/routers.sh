# shellcheck shell=bash
# Relay and two clients on a small Internet, each client behind a router of its own.

lab() { "$root/scripts/natlab" "$@"; }

# live_behind ROUTER_A ROUTER_B: builds the lab and starts the relay in it. The lab is taken down
# with the test, whatever becomes of it.
live_behind() {
  export KNOTHOLE_LAB=$$
  trap 'lab down; exit 1' TERM
  trap 'lab down' EXIT
  lab up "$1" "$2"
  lab watch "$text"
  lab exec relay "$root/scripts/relay" run >"$stage/relay.log" 2>&1 &
  relay=192.0.2.1
  . "$root/scripts/lib/stun.sh"
  eventually 20 "the relay answers" lab exec relay bash -c \
    ". '$root/scripts/lib/stun.sh'; answers_stun 192.0.2.1 3478"
}

# at_home SITE NAME OPTIONS...: the line-by-line client in one of the homes.
at_home() {
  local site=$1 who=$2
  shift 2
  mkdir -p "$stage/$who.home"
  HOME=$stage/$who.home lab exec "$site" "$root/scripts/tui-client" --console --name "$who" \
    --relay "$relay" "$@"
}

counted() { lab counts | awk -v name="$1" '$1 == name { print $2 }'; }

text='hi over the fence'

# talk: alice says her text to bob; sets status to how her client ended.
talk() {
  listen bob at_home b bob
  status=0
  printf '/connect bob\n%s\n/quit\n' "$text" | at_home a alice >"$stage/alice.out" 2>&1 || status=$?
}

talk_directly() {
  live_behind "$1" "$2"
  talk
  assert_equal "$status" 0 "alice's exit status"
  hears bob "alice: $text"
  assert_equal "$(counted direct_text)" 1 "datagrams with the text from home to home"
  assert_equal "$(counted relay_text)" 0 "datagrams with the text to or from the relay"
}

test_two_port_restricted_routers_let_a_hole_be_punched() { talk_directly port port; }

test_routers_that_change_ports_let_a_hole_be_punched() { talk_directly porth porth; }

test_full_cone_meets_a_symmetric_router() { talk_directly full symrnd; }

test_firewall_without_translation_is_opened() { talk_directly fw port; }

test_symmetric_and_port_restricted_routers_cannot_meet_and_it_is_said() {
  live_behind symrnd port
  talk
  assert_equal "$status" 1 "alice's exit status"
  assert_contains "$(cat "$stage/alice.out")" "No direct path to bob was found"
  assert_contains "$(cat "$stage/alice.out")" "It helps when"
  assert_equal "$(counted relay_text)" 0 "datagrams with the text to or from the relay"
}

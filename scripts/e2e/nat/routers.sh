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

# talk: alice calls bob, who says yes, and says her text to him; both stay.
talk() {
  listen bob at_home b bob
  (hears bob 'alice wants to talk to you' && echo '/accept alice' >&7) &
  mkfifo "$stage/alice.in"
  at_home a alice <"$stage/alice.in" >"$stage/alice.out" 2>&1 &
  caller=$!
  ends_with_test "$caller"
  exec 8>"$stage/alice.in"
  says '/connect bob'
  says "$text"
  hears bob "alice: $text"
}

# says TEXT: alice types it.
says() { printf '%s\n' "$1" >&8; }

# part: alice leaves; sets status to how her client ended.
part() {
  says /quit
  exec 8>&-
  status=0
  wait "$caller" || status=$?
  assert_equal "$status" 0 "alice's exit status"
}

# nobody_could_read: what was said crossed no wire as it was said.
nobody_could_read() {
  assert_equal "$(counted direct_text)" 0 "readable datagrams from home to home"
  assert_equal "$(counted relay_text)" 0 "readable datagrams to or from the relay"
}

# talk_directly ROUTER_A ROUTER_B: it begins through the relay and becomes direct.
talk_directly() {
  live_behind "$1" "$2"
  talk
  hears alice 'Connected to bob [new], encrypted, through the relay'
  hears alice 'A direct way was found'
  hears bob 'A direct way was found'
  says "again $text"
  hears bob "alice: again $text"
  part
  nobody_could_read
}

test_two_port_restricted_routers_begin_through_the_relay_and_become_direct() {
  talk_directly port port
}

test_routers_that_change_ports_let_a_hole_be_punched() { talk_directly porth porth; }

test_full_cone_meets_a_symmetric_router() { talk_directly full symrnd; }

test_firewall_without_translation_is_opened() { talk_directly fw port; }

test_behind_two_symmetric_routers_the_relay_carries_what_it_cannot_read() {
  live_behind symrnd symrnd
  talk
  hears alice 'through the relay'
  says "again $text"
  hears bob "alice: again $text"
  part
  assert_lacks "$(cat "$stage/alice.out")" 'A direct way was found'
  nobody_could_read
}

# shellcheck shell=bash
# Without any relay configured: the client uses the one at localhost, or hosts it.

# set_apart: terminals of a loopback network of their own, so that port 3478 is free in it.
set_apart() {
  relay=''
  unshare -n true 2>/dev/null || fail "needs a network namespace (root)"
  apart="unshare -n"
  sit_down "$1"
  apart=''
  enter "$1" 'ip link set lo up; clear'
}

test_first_client_hosts_and_the_next_takes_over() {
  set_apart alice
  sit_down bob
  sit_down carol
  open_client alice
  sees alice 'relay: hosted here'
  sees alice 'online as alice'
  open_client bob
  sees bob 'online as bob'
  assert_lacks "$(screen bob)" 'hosted here'
  open_client carol
  sees carol 'online as carol'
  enter bob '/connect carol'
  accepts carol bob
  sees bob 'Connected to carol'
  sees carol 'Connected to bob'
  enter alice /quit
  sees alice 'status=0'
  enter bob 'the host has gone'
  sees carol 'the host has gone'
  eventually 60 "somebody hosts" eval 'shows bob "hosted here" || shows carol "hosted here"'
  open_client alice
  sees alice 'online as alice'
  enter alice '/connect bob'
  sees bob 'alice' 60
}

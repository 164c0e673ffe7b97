# shellcheck shell=bash
# The relay's start-up script, as an administrator uses it.

relay_script() { "$root/scripts/relay" "$@"; }

# status_of COMMAND...: its exit status, without ending the test.
status_of() { "$@" >"$stage/last.out" 2>&1 && echo 0 || echo $?; }

test_relay_lives_from_start_to_stop() {
  assert_equal "$(status_of relay_script status)" 3 "status before the first start"
  open_relay
  assert_equal "$(status_of relay_script status)" 0 "status while it runs"
  assert_contains "$(<"$stage/last.out")" "runs (process"
  assert_equal "$(status_of relay_script start)" 0 "a second start"
  assert_contains "$(<"$stage/last.out")" "runs already"
  assert_equal "$(status_of relay_script stop)" 0 stop
  assert_equal "$(status_of relay_script status)" 3 "status after stop"
  assert_equal "$(status_of relay_script stop)" 0 "a second stop"
  [[ ! -e $HOME/.local/state/knothole/relay.pid ]] || fail "the pid file was left behind"
}

test_relay_that_was_killed_is_said_to_be_dead_and_starts_again() {
  open_relay
  local pid
  pid=$(head -n 1 "$HOME/.local/state/knothole/relay.pid")
  kill -KILL "$pid"
  eventually 5 "the relay is gone" eval '! kill -0 '"$pid"' 2>/dev/null'
  assert_equal "$(status_of relay_script status)" 1 "status of a killed relay"
  open_relay
  assert_equal "$(status_of relay_script status)" 0 "status after the new start"
}

test_pid_file_of_another_process_is_not_believed() {
  mkdir -p "$HOME/.local/state/knothole"
  printf '%s\nlong ago\n' "$$" >"$HOME/.local/state/knothole/relay.pid"
  assert_equal "$(status_of relay_script status)" 1
  assert_equal "$(status_of relay_script stop)" 0
  kill -0 "$$" || fail "stop killed a stranger"
}

test_start_on_a_taken_port_says_who_has_it() {
  open_relay
  local first=$port
  export XDG_STATE_HOME=$stage/other
  assert_equal "$(status_of relay_script start -- --port "$first" --bind 127.0.0.1)" 1
  assert_contains "$(<"$stage/last.out")" "UDP port $first is in use"
  assert_equal "$(status_of relay_script status)" 3 "status after the failed start"
}

test_start_with_wrong_options_fails_with_the_reason() {
  assert_equal "$(status_of relay_script start -- --port many)" 2
  assert_contains "$(<"$stage/last.out")" many
  assert_equal "$(status_of relay_script frobnicate)" 2 "an unknown word"
  assert_equal "$(status_of relay_script start --port 1)" 2 "options without --"
  assert_equal "$(status_of relay_script --help)" 0 help
}

test_any_free_port_is_found_out_and_told() {
  assert_equal "$(status_of relay_script start -- --port 0 --bind 127.0.0.1)" 0
  ends_with_test "$(head -n 1 "$HOME/.local/state/knothole/relay.pid")"
  assert_contains "$(<"$stage/last.out")" "on port "
  assert_lacks "$(<"$stage/last.out")" "on port 0"
}

test_restart_takes_new_options() {
  open_relay
  free_port
  relay_script restart -- --port "$port" --bind 127.0.0.1
  ends_with_test "$(head -n 1 "$HOME/.local/state/knothole/relay.pid")"
  relay_script status
  relay_script logs >"$stage/last.out"
  [[ -s $stage/last.out ]] || fail "the log is empty"
}

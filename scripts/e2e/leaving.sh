# shellcheck shell=bash
# However the client ends, the terminal is as it was before, and the other side is told.

# settled NAME: a chat with bob, with the terminal's settings noted down before.
settled() {
  open_relay
  sit_down alice
  enter alice "stty -g >'$stage/before.txt'; clear"
  eventually 15 "alice's settings" test -s "$stage/before.txt"
  sit_down bob
  open_client bob
  open_client alice
  sees bob 'online as bob'
  sees alice 'online as alice'
  enter alice '/connect bob'
  accepts bob alice
  sees bob 'Connected to alice'
}

# left_as_found STATUS: alice is back at her shell.
left_as_found() {
  local mode
  sees alice "status=$1"
  assert_equal "$(flag alice alternate_on)" 0 "the alternate screen"
  assert_equal "$(flag alice cursor_flag)" 1 "the cursor"
  assert_equal "$(flag alice mouse_any_flag)" 0 "mouse reports"
  for mode in 2004 1004 1049 2026; do
    assert_equal "$(last_switch "$mode")" l "the last switch of mode $mode"
  done
  enter alice "stty -g >'$stage/after.txt'"
  eventually 15 "alice's settings" test -s "$stage/after.txt"
  assert_equal "$(cat "$stage/after.txt")" "$(cat "$stage/before.txt")" "the line settings"
}

# last_switch MODE: h or l, whichever the terminal got last; l when it was never touched.
last_switch() {
  local switches
  switches=$(raw alice | grep -oE "\^\[\[\?$1[hl]" | tail -n 1)
  [[ $switches == *h ]] && echo h || echo l
}

test_quit_leaves_the_terminal_as_it_was() {
  settled
  enter alice /quit
  left_as_found 0
  sees bob 'alice has left'
}

test_second_control_c_quits_and_the_first_only_asks() {
  settled
  type_text alice 'not to be sent'
  press alice C-c
  eventually 15 "an empty draft" shows alice '^> *$'
  press alice C-c
  sees alice 'Press Ctrl-C again'
  press alice C-c
  left_as_found 0
  sees bob 'alice has left'
}

test_sigterm_says_goodbye() {
  settled
  kill -TERM "$(client_process alice)"
  left_as_found 143
  sees bob 'alice has left'
}

test_sigterm_to_the_launcher_reaches_the_client() {
  settled
  kill -TERM "$(launcher_process alice)"
  left_as_found 143
  sees bob 'alice has left'
}

test_sighup_says_goodbye() {
  settled
  kill -HUP "$(client_process alice)"
  left_as_found 129
  sees bob 'alice has left'
}

test_sigkill_is_repaired_by_the_launcher() {
  settled
  kill -KILL "$(client_process alice)"
  left_as_found 137
  sees alice 'was killed'
}

test_jvm_crash_is_repaired_by_the_launcher() {
  settled
  kill -SEGV "$(client_process alice)"
  left_as_found 134
  sees alice 'crashed'
}

test_closed_window_ends_the_client_and_tells_the_other() {
  local process
  settled
  process=$(client_process alice)
  mux kill-session -t alice
  eventually 15 "the client's end" is_gone "$process"
  sees bob 'alice has left'
}

test_control_z_gives_the_shell_back_and_fg_returns() {
  settled
  type_text alice draft
  sees alice '^> draft'
  press alice C-z
  sees alice 'Stopped'
  assert_equal "$(flag alice alternate_on)" 0 "the alternate screen while stopped"
  enter alice "echo still he''re"
  sees alice 'still here'
  resize alice 70 20
  enter alice 'clear; fg; echo status=$?'
  eventually 20 "the full screen again" has_flag alice alternate_on 1
  sees alice '^> draft'
  press alice C-u
  enter alice 'back again'
  sees bob 'back again'
  enter alice /quit
  left_as_found 0
}

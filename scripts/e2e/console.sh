# shellcheck shell=bash
# Line by line: pipes, options, the configuration file, exit statuses.

# run_client OPTIONS...: sets status; what it said is in $stage/client.out and client.err.
run_client() {
  status=0
  "$root/scripts/tui-client" "$@" >"$stage/client.out" 2>"$stage/client.err" </dev/null || status=$?
}

test_piped_commands_are_carried_out_and_leave_cleanly() {
  open_relay
  online bob
  accepts bob alice &
  speak alice $'/connect bob\nhi\n/quit\n'
  assert_equal "$status" 0 "alice's exit status"
  sees bob 'alice: hi'
  sees bob 'alice has left'
  assert_lacks "$(cat -v "$stage/alice.out")" '^[' "alice's output"
  assert_lacks "$(cat "$stage/alice.out")" '> ' "alice's output"
}

test_end_of_input_leaves_after_everything_was_sent() {
  open_relay
  online bob
  accepts bob alice &
  speak alice $'/connect bob\nfirst\nlast words'
  assert_equal "$status" 0 "alice's exit status"
  sees bob 'alice: last words'
}

test_pipe_to_nobody_fails_with_the_reason() {
  open_relay
  speak alice $'/connect nobody\nhi\n/quit\n'
  assert_equal "$status" 1 "alice's exit status"
  assert_contains "$(cat "$stage/alice.out")" "Nobody called nobody"
}

test_lines_come_out_one_by_one_as_they_arrive() {
  open_relay
  listen bob console bob
  (hears bob 'alice wants to talk to you' && echo '/accept alice' >&7) &
  speak alice $'/connect bob\nhi\n/quit\n'
  hears bob 'alice: hi'
  hang_up
  assert_equal "$status" 0 "bob's exit status"
  assert_lacks "$(cat -v "$stage/bob.out")" '^[' "bob's output"
}

test_console_in_a_terminal_has_a_prompt_and_completion() {
  open_relay
  sit_down alice
  launch_client alice --console
  sees alice 'online as alice'
  type_text alice /disco
  press alice Tab
  sees alice '/disconnect'
  press alice C-u
  enter alice /quit
  sees alice 'status=0'
}

test_config_is_created_private_and_never_overwritten() {
  local file=$HOME/.config/knothole/config.toml
  run_client config
  assert_equal "$status" 0 "the first time"
  assert_contains "$(ls -l "$file")" '-rw-------'
  assert_contains "$(ls -ld "${file%/*}")" 'drwx------'
  assert_contains "$(cat "$file")" '#'
  echo 'name = "kept"' >"$file"
  run_client config
  assert_contains "$(cat "$stage/client.out")" 'left as it is'
  assert_equal "$(cat "$file")" 'name = "kept"' "the file"
}

test_broken_config_tells_file_line_and_reason() {
  mkdir -p "$HOME/.config/knothole"
  printf '# fine\nname = \n' >"$HOME/.config/knothole/config.toml"
  run_client --console
  [[ $status != 0 ]] || fail "a broken file was accepted"
  assert_contains "$(cat "$stage/client.err")" config.toml
  assert_contains "$(cat "$stage/client.err")" 'line 2'
}

test_config_is_obeyed_and_options_win_over_it() {
  local client=("$root/scripts/tui-client" --console --config-dir "$HOME/conf")
  open_relay
  mkdir -p "$HOME/conf"
  printf 'name = "from-file"\nrelays = ["%s"]\n' "$relay" >"$HOME/conf/config.toml"
  listen one "${client[@]}"
  hears one 'online as from-file'
  hang_up
  listen other "${client[@]}" --name from-option
  hears other 'online as from-option'
  hang_up
}

test_exit_statuses_tell_usage_from_success() {
  run_client --help
  assert_equal "$status" 0 --help
  assert_contains "$(cat "$stage/client.out")" '--relay'
  run_client --version
  assert_equal "$status" 0 --version
  run_client --frobnicate
  assert_equal "$status" 2 "an unknown option"
  run_client --port many
  assert_equal "$status" 2 "a wrong value"
}

test_nothing_but_the_xdg_folders_is_written_and_all_of_it_private() {
  open_relay
  HOME=$stage/alice.home
  mkdir "$HOME"
  speak alice $'/quit\n'
  assert_equal "$(find "$HOME" -mindepth 1 -maxdepth 1 ! -name .config ! -name .local)" '' \
    "what was written into the home folder"
  assert_equal "$(find "$HOME" -type f -perm /077)" '' "files that others may read"
}

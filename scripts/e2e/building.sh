# shellcheck shell=bash
# When the scripts build and when they do not, on a tiny clone with a stand-in for Maven that writes
# down its calls.

tiny_clone() {
  local module
  clone="$stage/a clone"
  export XDG_CACHE_HOME=$stage/cache
  mkdir -p "$clone/.mvn" "$clone/scripts" "$stage/bin"
  cp -r "$root/scripts/lib" "$clone/scripts/"
  : >"$clone/pom.xml"
  for module in protocol relay tui-client; do
    mkdir -p "$clone/$module/src/main"
    : >"$clone/$module/pom.xml"
    : >"$clone/$module/src/main/Source.java"
  done
  maven_does ''
  PATH=$stage/bin:$PATH
}

# maven_does COMMANDS: before the stand-in leaves jars behind.
maven_does() {
  cat >"$stage/bin/mvn" <<END
#!/usr/bin/env bash
echo "\$JAVA_HOME" >>'$stage/calls'
$1
for module in relay tui-client; do
  mkdir -p "\$module/target/lib"
  : >"\$module/target/\$module.jar"
  : >"\$module/target/lib/library.jar"
done
END
  chmod +x "$stage/bin/mvn"
}

# start: what every start does before the program; prints the build's folder.
# shellcheck disable=SC2016 # for the inner shell
start() {
  root=$clone bash -uc '
    for piece in words folders jdk lock build; do . "$root/scripts/lib/$piece.sh"; done
    find_jdk
    ensure_built
    echo "$build"' tui-client 2>>"$stage/start.err"
}

calls() { wc -l <"$stage/calls" | tr -d ' '; }

# edit N: changes a source so that its size changes, too.
edit() { printf '%*s' "$1" '' >"$clone/relay/src/main/Source.java"; }

test_unchanged_sources_are_built_once() {
  local first
  tiny_clone
  first=$(start)
  assert_equal "$(start)" "$first" "the second start's build"
  assert_equal "$(calls)" 1 "runs of Maven"
  assert_contains "$(cat "$stage/start.err")" 'Building Knothole (first start'
  assert_equal "$(cat "$first/relay.classpath")" "$first/lib/relay.jar:$first/lib/library.jar"
  assert_contains "$(ls -ld "$XDG_CACHE_HOME/knothole")" 'drwx------'
  [[ -x $(head -n 1 "$stage/calls")/bin/javac ]] || fail "Maven did not run on a JDK"
}

test_changed_sources_go_into_a_folder_of_their_own() {
  local first second
  tiny_clone
  first=$(start)
  edit 1
  second=$(start)
  [[ $first != "$second" ]] || fail "the build was changed in place"
  [[ -e $first/lib/relay.jar ]] || fail "a running client would have lost its jars"
  assert_contains "$(cat "$stage/start.err")" 'Building Knothole (sources changed)'
}

test_old_builds_go_except_the_newest_two_and_those_in_use() {
  local used n
  tiny_clone
  used=$(start)
  mkfifo "$stage/gate"
  bash -c 'read -r _' "$used/lib/relay.jar" <>"$stage/gate" &
  ends_with_test "$!"
  for n in 1 2 3 4; do
    edit "$n"
    start >"$stage/newest"
  done
  [[ -d $used ]] || fail "a build in use was removed"
  [[ -d $(cat "$stage/newest") ]] || fail "the newest build was removed"
  assert_equal "$(find "$XDG_CACHE_HOME/knothole/builds" -name complete | wc -l | tr -d ' ')" 3 \
    "builds kept"
}

test_two_starts_at_once_build_once() {
  tiny_clone
  mkfifo "$stage/gate"
  maven_does "read -r _ <'$stage/gate'"
  start >"$stage/one.out" &
  eventually 10 "the first start builds" test -s "$stage/calls"
  start >"$stage/two.out" &
  eventually 10 "the second start waits" grep -q 'another start' "$stage/start.err"
  echo go >"$stage/gate"
  wait
  assert_equal "$(calls)" 1 "runs of Maven"
  assert_equal "$(cat "$stage/two.out")" "$(cat "$stage/one.out")" "the second start's build"
}

test_lock_of_a_dead_start_is_broken() {
  local dead
  tiny_clone
  mkdir -p "$XDG_CACHE_HOME/knothole/builds"
  true &
  dead=$!
  wait "$dead"
  ln -s "$dead" "$XDG_CACHE_HOME/knothole/builds/lock"
  start >"$stage/one.out"
  assert_equal "$(calls)" 1 "runs of Maven"
}

test_failed_build_shows_its_reason_and_is_tried_again() {
  tiny_clone
  maven_does 'echo "[ERROR] a semicolon is missing"; exit 1'
  if start; then fail "a failed build was taken"; fi
  assert_contains "$(cat "$stage/start.err")" 'a semicolon is missing'
  maven_does ''
  start >"$stage/one.out"
  assert_equal "$(calls)" 2 "runs of Maven"
}

test_what_is_missing_is_said_in_one_sentence() {
  local said
  tiny_clone
  # shellcheck disable=SC2016 # for the inner shell
  said=$(root=$clone bash -uc '. "$root/scripts/lib/words.sh"; . "$root/scripts/lib/jdk.sh"
    oldest_jdk=99
    find_jdk' tui-client 2>&1) && fail "a JDK 99 was found"
  assert_contains "$said" 'tui-client: Knothole needs a JDK 99 or newer (found '
  assert_equal "$(wc -l <<<"$said" | tr -d ' ')" 1 "lines"
  rm "$stage/bin/mvn"
  ln -s "$(command -v bash)" "$(command -v cksum)" "$(command -v sort)" "$(command -v find)" \
    "$(command -v basename)" "$stage/bin"
  PATH=$stage/bin
  if start; then fail "it was built without Maven"; fi
  PATH=/usr/bin:/bin
  assert_contains "$(cat "$stage/start.err")" "there is no 'mvn' on the PATH"
}

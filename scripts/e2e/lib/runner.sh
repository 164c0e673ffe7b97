# shellcheck shell=bash
# Runs the end-to-end tests of a folder, a few at a time, each in a process of its own. A test is a
# function `test_...` in one of the folder's files; its name is its sentence.

passed=0
failed=0

# run_tests FOLDER NAME: every test whose name, or whose file's name, contains NAME.
run_tests() {
  local tests results=${TMPDIR:-/tmp}/knothole-results.$$
  tests=$(tests_in "$1" "$2")
  [[ -n $tests ]] || die "no test's name contains '$2'"
  : >"$results"
  xargs -n 2 -P "$(parallel_tests)" "$root/scripts/e2e/lib/one" "$results" "$1" <<<"$tests"
  passed=$((passed + $(grep -c '^passed' "$results")))
  failed=$((failed + $(grep -c '^failed' "$results")))
  rm -f "$results"
}

# tests_in FOLDER NAME: one line "FILE FUNCTION" for each.
tests_in() {
  local file test
  for file in "$1"/*.sh; do
    sed -n 's/^\(test_[a-z0-9_]*\)() .*/\1/p' "$file" | while read -r test; do
      [[ ${file##*/}:$test != *"$2"* ]] || echo "${file##*/} $test"
    done
  done
}

# Most of a test's time is waiting for the other program, so two fit on one core.
parallel_tests() { echo $((2 * $(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1))); }

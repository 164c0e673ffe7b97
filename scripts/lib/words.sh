# shellcheck shell=bash
# What the scripts say to the user, always on stderr: stdout belongs to the programs.

me=$(basename "$0")

say() { printf '%s: %s\n' "$me" "$*" >&2; }

die() {
  say "$@"
  exit 1
}

# usage_error SENTENCE: exit 2 tells a wrong command line from a failure, as everywhere in Knothole.
usage_error() {
  say "$@"
  say "try '$me --help'"
  exit 2
}

# print_head_comment FILE: the comment at the head of a script is its help text.
print_head_comment() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$1"; }

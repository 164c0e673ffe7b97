# shellcheck shell=bash
# Finds a JDK that is new enough. Reads the `release` file of each candidate instead of starting it,
# so the search costs no process.

oldest_jdk=25

# release_of HOME: sets jdk_version (25.0.3) and jdk_build (25.0.3+9-LTS), empty when unknown.
release_of() {
  local line
  jdk_version='' jdk_build=''
  [[ -r $1/release ]] || return 0
  while IFS= read -r line || [[ -n $line ]]; do
    case $line in
      JAVA_VERSION=*) jdk_version=${line#*=} jdk_version=${jdk_version//\"/} ;;
      JAVA_RUNTIME_VERSION=*) jdk_build=${line#*=} jdk_build=${jdk_build//\"/} ;;
    esac
  done <"$1/release"
}

# consider HOME: keeps it in `jdk` when it is a JDK of the wanted age and nearer to it than the one
# kept so far; a preferred candidate comes first and so wins among equals.
consider() {
  local home=$1 major
  [[ -x $home/bin/java ]] || return 0
  release_of "$home"
  major=${jdk_version%%[.+-]*}
  [[ $major =~ ^[0-9]+$ ]] || return 0
  if ((major < oldest_jdk)) || [[ ! -x $home/bin/javac ]]; then
    too_old_jdk=${too_old_jdk:-"$jdk_version in $home"}
    return 0
  fi
  if [[ -z $jdk ]] || ((major < jdk_major)); then
    jdk=$home jdk_major=$major found_version=$jdk_version found_build=${jdk_build:-$jdk_version}
  fi
}

# java_on_path: the home of the `java` that the shell would start, links followed.
java_on_path() {
  local java link
  java=$(command -v java) || return 0
  while [[ -L $java ]]; do
    link=$(readlink "$java")
    [[ $link == /* ]] && java=$link || java=$(dirname "$java")/$link
  done
  dirname "$(dirname "$java")"
}

# find_jdk: sets jdk, jdk_version and jdk_build, or ends with what to install.
find_jdk() {
  local home
  jdk='' jdk_major=0 too_old_jdk='' found_version='' found_build=''
  [[ -z ${JAVA_HOME:-} ]] || consider "${JAVA_HOME%/}"
  if [[ -z $jdk ]]; then
    for home in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/*jdk* \
      "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* \
      "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
      /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
      consider "$home"
    done
  fi
  if [[ -z $jdk && -x /usr/libexec/java_home ]]; then
    consider "$(/usr/libexec/java_home -v "$oldest_jdk+" 2>/dev/null)"
  fi
  [[ -n $jdk ]] || consider "$(java_on_path)"
  [[ -n $jdk ]] || no_jdk
  jdk_version=$found_version jdk_build=$found_build
}

no_jdk() {
  local how
  if command -v sdk >/dev/null || [[ -d ${SDKMAN_DIR:-$HOME/.sdkman} ]]; then
    how="'sdk install java 25-tem'"
  elif command -v apt-get >/dev/null; then
    how="the package openjdk-25-jdk or temurin-25-jdk"
  elif command -v dnf >/dev/null; then
    how="the package java-25-openjdk-devel"
  elif command -v brew >/dev/null; then
    how="'brew install openjdk@25'"
  else
    how="one from https://adoptium.net"
  fi
  die "Knothole needs a JDK $oldest_jdk or newer (found ${too_old_jdk:-none}):" \
    "install $how, or set JAVA_HOME to one."
}

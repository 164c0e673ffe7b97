# shellcheck shell=bash
# How the JVM is started: small, quiet, and with a class data archive once there is one.

# jvm_for_client / jvm_for_relay: set the array `jvm`, to be followed by the program's own options.
jvm_for_client() {
  # A chat needs a small heap and gives memory back; C2 stays on, AES-GCM is 100 times slower
  # without it. MALLOC_ARENA_MAX is the C library's part of the same thrift.
  export MALLOC_ARENA_MAX=1
  jvm=("$jdk/bin/java" -XX:+UseSerialGC -Xms8m -Xmn4m -Xmx64m
    -XX:TrimNativeHeapInterval=5000 -XX:-UsePerfData)
  quiet_jvm
  use_archive
  jvm+=(-cp "$(<"$build/tui-client.classpath")" dev.knothole.client.Main)
}

jvm_for_relay() {
  # A million registrations must fit; the heap grows to that only when they come.
  export MALLOC_ARENA_MAX=1
  jvm=("$jdk/bin/java" -XX:+UseSerialGC -Xms16m -Xmx1g -XX:TrimNativeHeapInterval=5000
    -XX:-UsePerfData)
  quiet_jvm
  jvm+=(-cp "$(<"$build/relay.classpath")" dev.knothole.relay.Main)
}

# quiet_jvm: no line of the JVM's own reaches the screen or a pipe; a crash leaves its report with
# the logs.
quiet_jvm() {
  jvm+=(-Xlog:disable -XX:+DisplayVMOutputToStderr --enable-native-access=ALL-UNNAMED
    -XX:-CreateCoredumpOnCrash "-XX:ErrorFile=$state_folder/jvm-crash-%p.log")
}

# use_archive: the archive lies in the folder of its build and bears the JDK's exact version, so it
# is never older than either. The JVM checks the jars' sizes and times again and runs without an
# archive that does not fit. The first start makes it, behind the curtain and out of the way.
use_archive() {
  archive=$build/classes-$jdk_build.jsa
  if [[ -e $archive ]]; then
    jvm+=("-XX:SharedArchiveFile=$archive")
  else
    (in_own_session nice -n 19 "$root/scripts/lib/rehearse" "$jdk" "$build" "$archive" \
      </dev/null >/dev/null 2>&1 &)
  fi
}

# in_own_session COMMAND...: becomes the command, out of reach of the terminal's signals and end.
in_own_session() {
  ! command -v setsid >/dev/null || exec setsid "$@"
  exec nohup "$@"
}

package dev.knothole.protocol.link.udp;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The socket calls of the C library that the JDK does not offer, for 64-bit Linux. None of them
/// waits. Failures come back as the negative error number.
///
/// All have one shape, five whole registers in and one out, because linking a shape is what costs;
/// the calling conventions leave it to the callee how many of them, and how much of each, it reads.
///
/// Calling C is what this class is for, and the launchers permit it; where nobody did it is not
/// loaded.
@SuppressWarnings("restricted")
final class SocketCalls {
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int EINVAL = 22;
  static final int EMSGSIZE = 90;
  static final int ENOPROTOOPT = 92;
  static final int EOPNOTSUPP = 95;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.captureCallState("errno"));

  private static final MemorySegment SENDMSG = find("sendmsg");
  private static final MemorySegment RECVMSG = find("recvmsg");
  private static final MemorySegment SETSOCKOPT = find("setsockopt");
  private static final MemorySegment GETSOCKOPT = find("getsockopt");
  private static final MemorySegment GETSOCKNAME = find("getsockname");

  private SocketCalls() {}

  private static MemorySegment find(String function) {
    return LINKER.defaultLookup().findOrThrow(function);
  }

  /// @param error where the error number is noted; one per thread at a time
  /// @return the bytes sent, or the negative error number
  static int sendmsg(int descriptor, MemorySegment message, MemorySegment error) {
    return call(SENDMSG, error, descriptor, message.address(), 0, 0, 0);
  }

  /// @return the bytes received, or the negative error number
  static int recvmsg(int descriptor, MemorySegment message, MemorySegment error) {
    return call(RECVMSG, error, descriptor, message.address(), 0, 0, 0);
  }

  /// @return 0, or the negative error number
  static int setsockopt(
      int descriptor, int level, int option, MemorySegment value, MemorySegment error) {
    return call(SETSOCKOPT, error, descriptor, level, option, value.address(), value.byteSize());
  }

  /// @param length of `value` before, of the option after
  /// @return 0, or the negative error number
  static int getsockopt(
      int descriptor,
      int level,
      int option,
      MemorySegment value,
      MemorySegment length,
      MemorySegment error) {
    return call(GETSOCKOPT, error, descriptor, level, option, value.address(), length.address());
  }

  /// @param length of `name` before, of the address after
  /// @return 0, or the negative error number
  static int getsockname(
      int descriptor, MemorySegment name, MemorySegment length, MemorySegment error) {
    return call(GETSOCKNAME, error, descriptor, name.address(), length.address(), 0, 0);
  }

  /// All of these return what fits into an `int`; of those that return one, the upper half of the
  /// register means nothing.
  private static int call(
      MemorySegment function, MemorySegment error, long a, long b, long c, long d, long e) {
    try {
      int result = (int) (long) CALL.invokeExact(function, error, a, b, c, d, e);
      return result >= 0 ? result : -(int) ERRNO.get(error, 0L);
    } catch (Throwable impossible) {
      throw new IllegalStateException("calling C throws nothing", impossible);
    }
  }
}

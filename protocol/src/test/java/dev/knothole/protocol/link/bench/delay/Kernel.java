package dev.knothole.protocol.link.bench.delay;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls of Linux that the path needs.
final class Kernel {
  static final int TRY_AGAIN = 11;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MemorySegment CAPTURED = Arena.global().allocate(STATE);

  private static final MethodHandle SOCKET =
      handle("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETSOCKNAME =
      handle("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle SETSOCKOPT =
      handle("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle RECVMSG =
      handle("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle SENDMSG =
      handle("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle PPOLL =
      handle("ppoll", JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT, JAVA_INT);

  private Kernel() {}

  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, MemoryLayout result, MemoryLayout... parameters) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, parameters),
        Linker.Option.captureCallState("errno"));
  }

  static int socket(int domain, int type) throws IOException {
    try {
      return (int) checked("socket", (int) SOCKET.invokeExact(CAPTURED, domain, type, 0));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void bind(int socket, MemorySegment address) throws IOException {
    try {
      checked("bind", (int) BIND.invokeExact(CAPTURED, socket, address, (int) address.byteSize()));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void name(int socket, MemorySegment address, MemorySegment length) throws IOException {
    try {
      checked("getsockname", (int) GETSOCKNAME.invokeExact(CAPTURED, socket, address, length));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// @return whether the kernel knows and allows it
  static boolean option(int socket, int level, int option, MemorySegment value) throws IOException {
    try {
      int size = (int) value.byteSize();
      return (int) SETSOCKOPT.invokeExact(CAPTURED, socket, level, option, value, size) == 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// @return the bytes received; -1 if there is nothing
  static int receive(int socket, MemorySegment message, int flags) throws IOException {
    try {
      return tried("recvmsg", (long) RECVMSG.invokeExact(CAPTURED, socket, message, flags));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// @return the bytes sent; -1 if there is no room
  static int send(int socket, MemorySegment message) throws IOException {
    try {
      return tried("sendmsg", (long) SENDMSG.invokeExact(CAPTURED, socket, message, 0));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void poll(MemorySegment sockets, int count, MemorySegment timeout) throws IOException {
    try {
      checked(
          "ppoll",
          (int) PPOLL.invokeExact(CAPTURED, sockets, (long) count, timeout, MemorySegment.NULL));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void close(int socket) throws IOException {
    try {
      checked("close", (int) CLOSE.invokeExact(CAPTURED, socket));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static int tried(String call, long result) throws IOException {
    return result < 0 && (int) ERRNO.get(CAPTURED, 0L) == TRY_AGAIN
        ? -1
        : (int) checked(call, result);
  }

  private static long checked(String call, long result) throws IOException {
    if (result < 0) {
      throw new IOException(call + ": errno " + (int) ERRNO.get(CAPTURED, 0L));
    }
    return result;
  }

  private static IOException failed(Throwable e) {
    return e instanceof IOException io ? io : new IOException(e);
  }
}

package dev.knothole.client.ui.term;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The few calls into the C library that a terminal needs (POSIX, plus the window size request of
/// Linux and macOS).
///
/// All calls have one shape, three whole registers in and one out, because each shape costs the
/// start of the program 5 to 15 ms; the calling conventions of x86-64 and aarch64 leave it to the
/// callee how much of a register it reads. Failures come back as the negative error number.
///
/// Calling C is what this class is for, and the launcher permits it.
@SuppressWarnings("restricted")
final class CLibrary {
  static final int EINTR = 4;
  static final int STANDARD_INPUT = 0;
  static final int STANDARD_OUTPUT = 1;

  /// Larger than `struct termios` of any platform (60 bytes on Linux, 72 on macOS); `cfmakeraw`
  /// knows its layout, so nobody here has to.
  static final int TERMIOS_SIZE = 128;

  private static final boolean MACOS = System.getProperty("os.name", "").startsWith("Mac");
  static final int EAGAIN = MACOS ? 35 : 11;
  private static final int SIGSTOP = MACOS ? 17 : 19;
  private static final long TIOCGWINSZ = MACOS ? 0x40087468L : 0x5413L;

  /// O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC.
  private static final long OPEN_FLAGS = MACOS ? 0x1020006L : 0x80902L;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final Linker.Option ERROR_NUMBER = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle CALL = LINKER.downcallHandle(SHAPE, ERROR_NUMBER);

  private static final MemorySegment TCGETATTR = find("tcgetattr");
  private static final MemorySegment TCSETATTR = find("tcsetattr");
  private static final MemorySegment CFMAKERAW = find("cfmakeraw");
  private static final MemorySegment IOCTL = find("ioctl");
  private static final MemorySegment OPEN = find("open");
  private static final MemorySegment READ = find("read");
  private static final MemorySegment WRITE = find("write");
  private static final MemorySegment POLL = find("poll");
  private static final MemorySegment PIPE = find("pipe");
  private static final MemorySegment KILL = find("kill");
  private static final MemorySegment GETSID = find("getsid");
  private static final MemorySegment GETPGID = find("getpgid");

  private CLibrary() {}

  private static MemorySegment find(String function) {
    return LINKER.defaultLookup().findOrThrow(function);
  }

  /// Opens a terminal for reading and writing without waiting, apart from the descriptors that the
  /// shell shares with us.
  static int open(String path) {
    try (var arena = Arena.ofConfined()) {
      return call(OPEN, arena.allocateFrom(path).address(), OPEN_FLAGS, 0);
    }
  }

  static boolean attributes(int descriptor, MemorySegment termios) {
    return call(TCGETATTR, descriptor, termios.address(), 0) == 0;
  }

  /// Acts at once (TCSANOW): waiting for output to drain could last for ever on a dead terminal.
  static boolean setAttributes(int descriptor, MemorySegment termios) {
    return call(TCSETATTR, descriptor, 0, termios.address()) == 0;
  }

  static void makeRaw(MemorySegment termios) {
    call(CFMAKERAW, termios.address(), 0, 0);
  }

  /// Rows and columns into the first two of four shorts; on macOS the third argument of `ioctl`
  /// lies on the stack, as of any function of open arity.
  static boolean windowSize(int descriptor, MemorySegment size) {
    return MACOS
        ? OpenArity.ioctl(IOCTL, descriptor, TIOCGWINSZ, size) == 0
        : call(IOCTL, descriptor, TIOCGWINSZ, size.address()) == 0;
  }

  static int read(int descriptor, MemorySegment into) {
    return call(READ, descriptor, into.address(), into.byteSize());
  }

  static int write(int descriptor, MemorySegment from) {
    return call(WRITE, descriptor, from.address(), from.byteSize());
  }

  /// Waits until one of the `struct pollfd`s is ready; negative milliseconds wait for ever.
  static int poll(MemorySegment descriptors, int milliseconds) {
    return call(POLL, descriptors.address(), descriptors.byteSize() / 8, milliseconds);
  }

  static boolean pipe(MemorySegment ends) {
    return call(PIPE, ends.address(), 0, 0) == 0;
  }

  /// Whether a shell with job control could continue us: it leads the session, we are in a group of
  /// our own.
  static boolean isJob() {
    return call(GETPGID, 0, 0, 0) != call(GETSID, 0, 0, 0);
  }

  /// Stops every process of our job, the launching script included; asynchronous.
  static void stopJob() {
    call(KILL, 0, SIGSTOP, 0);
  }

  private static int call(MemorySegment function, long first, long second, long third) {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(Linker.Option.captureStateLayout());
      int result = (int) (long) CALL.invokeExact(function, state, first, second, third);
      return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("A call into the C library throws nothing", e);
    }
  }

  /// Linked on macOS only.
  private static final class OpenArity {
    private static final MethodHandle CALL =
        LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(2));

    static int ioctl(MemorySegment function, int descriptor, long request, MemorySegment into) {
      try {
        return (int) CALL.invokeExact(function, descriptor, request, into.address());
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new AssertionError("A call into the C library throws nothing", e);
      }
    }
  }
}

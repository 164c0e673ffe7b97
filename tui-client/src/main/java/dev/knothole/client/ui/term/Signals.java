package dev.knothole.client.ui.term;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// The handlers of signals, and those they replaced.
///
/// The JDK has no other way to them than `sun.misc.Signal` (module jdk.unsupported), which the
/// compiler does not let anyone name without a warning: hence by reflection.
final class Signals {
  private static final Class<?> SIGNAL;
  private static final Class<?> HANDLER;
  private static final Method HANDLE;

  static {
    try {
      SIGNAL = Class.forName("sun.misc.Signal");
      HANDLER = Class.forName("sun.misc.SignalHandler");
      HANDLE = SIGNAL.getMethod("handle", SIGNAL, HANDLER);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("This JDK lacks the module jdk.unsupported", e);
    }
  }

  private final List<Replaced> replaced = new ArrayList<>();

  private record Replaced(Object signal, Object handler) {}

  /// Calls a handler, on a thread of the JVM, with the number of the signal.
  ///
  /// @param name without its SIG
  void handle(String name, IntConsumer handler) {
    try {
      var signal = SIGNAL.getConstructor(String.class).newInstance(name);
      int number = (int) SIGNAL.getMethod("getNumber").invoke(signal);
      Consumer<Object> raised = _ -> handler.accept(number);
      var accept =
          MethodHandles.lookup()
              .bind(raised, "accept", MethodType.methodType(void.class, Object.class));
      replaced.add(
          new Replaced(
              signal,
              HANDLE.invoke(
                  null, signal, MethodHandleProxies.asInterfaceInstance(HANDLER, accept))));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("SIG" + name + " cannot be handled", e);
    }
  }

  /// Puts the former handlers back.
  void restore() {
    try {
      for (var old : replaced) {
        HANDLE.invoke(null, old.signal, old.handler);
      }
      replaced.clear();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("A handler of a signal cannot be put back", e);
    }
  }
}

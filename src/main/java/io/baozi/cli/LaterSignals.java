package io.baozi.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * SIGINT and SIGTERM to a process that already ends, which the JVM takes and does nothing about.
 * Java has no public way to hear of them; the class that most JVMs have is reached by reflection,
 * and where it is not there, nobody hears of them as before.
 */
final class LaterSignals {
  private LaterSignals() {}

  /** Runs this at each of them. */
  static void listen(Runnable heard) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object own =
          Proxy.newProxyInstance(
              LaterSignals.class.getClassLoader(), new Class<?>[] {handler}, running(heard));
      for (String name : new String[] {"INT", "TERM"}) {
        Object one = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, one, own);
      }
    } catch (ReflectiveOperationException e) {
      return;
    }
  }

  private static InvocationHandler running(Runnable heard) {
    return (proxy, method, arguments) -> {
      if (method.getName().equals("handle")) {
        heard.run();
      }
      return null;
    };
  }
}

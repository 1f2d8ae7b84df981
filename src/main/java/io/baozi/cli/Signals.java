package io.baozi.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * Signals to this process, which the JVM takes to end it, or, once it ends, does nothing about.
 * Java has no public way to hear of them; the class that most JVMs have is reached by reflection,
 * and where it is not there, nobody hears of them as before.
 */
final class Signals {
  private Signals() {}

  /**
   * From now on does this at each of them instead, on a thread of its own.
   *
   * @param heard is given the name of the signal
   * @param names without SIG
   */
  static void listen(Consumer<String> heard, String... names) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      for (String name : names) {
        Object own =
            Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] {handler},
                running(() -> heard.accept(name)));
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

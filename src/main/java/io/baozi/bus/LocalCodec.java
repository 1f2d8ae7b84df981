package io.baozi.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Hands an immutable object over by reference, within one JVM; the bus would copy a Buffer and
 * refuse a record.
 */
final class LocalCodec implements MessageCodec<Object, Object> {
  private static final Logger LOG = System.getLogger(LocalCodec.class.getName());
  private static final LocalCodec INSTANCE = new LocalCodec();

  /** With these options a message is handed over by reference. */
  static final DeliveryOptions LOCAL =
      new DeliveryOptions().setLocalOnly(true).setCodecName(INSTANCE.name());

  private LocalCodec() {}

  /** Makes the codec known to a bus; more than once does no harm. */
  static void register(EventBus bus) {
    try {
      bus.registerCodec(INSTANCE);
    } catch (IllegalStateException e) {
      // Another server or client in this Vert.x has done so: there is no way to ask beforehand.
      LOG.log(Level.TRACE, e.getMessage());
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, Object object) {
    throw new UnsupportedOperationException("requests and answers do not leave the JVM on the bus");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("requests and answers do not come over a cluster");
  }

  @Override
  public Object transform(Object object) {
    return object;
  }

  @Override
  public String name() {
    return "baozi.local";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}

package io.baozi.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.SocketAddress;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A UDP echo: each datagram that reaches the port goes back, byte for byte, to the address it came
 * from; an empty one too. Deploy it with {@code vertx.deployVerticle}, or with {@link #deploy} on a
 * context of one's own. One instance, one port, one event loop.
 *
 * <p>Its channel is made as Vert.x makes that of a {@code DatagramSocket}, by the transport that
 * the Vertx runs on, and is not a {@code DatagramSocket}: that never sends an empty datagram,
 * resolves the recipient for every send, and queues without limit what the network does not take.
 */
public final class UdpServer extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(UdpServer.class.getName());

  /** The buffer of one read. What exceeds it is cut off; a datagram has at most 65,527 bytes. */
  private static final int READ_BUFFER = 65536;

  /** Bytes of answers that may wait for the network; past them, answers are dropped. */
  private static final int PENDING = 64 * READ_BUFFER;

  /** A waiting answer holds the whole buffer that it was read into, so it counts as that. */
  private static final MessageSizeEstimator WHOLE_BUFFER = () -> message -> READ_BUFFER;

  private final UdpOptions options;
  private final DatagramEcho echo;
  private volatile Handler<DatagramPacket> handler;
  private volatile Channel channel;

  /** A server that listens where {@code options} say, once deployed. */
  public UdpServer(UdpOptions options) {
    this.options = Objects.requireNonNull(options, "options");
    this.echo = new DatagramEcho(options.echo(), this::seen);
  }

  /**
   * Has every datagram shown to {@code handler}, on the context of this server, after its echo. Its
   * data is a copy to keep. What the handler throws goes to that context's exception handler.
   */
  public UdpServer handler(Handler<DatagramPacket> handler) {
    this.handler = handler;
    return this;
  }

  /** The port bound; not 0, once started. */
  public int port() {
    Channel bound = channel;
    if (bound == null) {
      throw new IllegalStateException("the UDP server is not started");
    }
    return ((InetSocketAddress) bound.localAddress()).getPort();
  }

  /** What has been counted so far; cheap, from any thread. */
  public UdpStats stats() {
    return echo.stats();
  }

  @Override
  public Future<?> start() {
    return context()
        .owner()
        .nameResolver()
        .resolve(options.host())
        .compose(address -> bind(new InetSocketAddress(address, options.port())))
        .recover(cause -> Future.failedFuture(unbound(cause)));
  }

  @Override
  public Future<?> stop() {
    Channel closing = channel;
    channel = null;
    return closing == null
        ? context().succeededFuture()
        : done(closing.close()).compose(v -> afterNextSelect());
  }

  private Future<Void> bind(InetSocketAddress address) {
    ChannelFuture bound =
        new Bootstrap()
            .group(context().nettyEventLoop())
            .channelFactory(context().owner().transport().datagramChannelFactory())
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BUFFER))
            .option(ChannelOption.MESSAGE_SIZE_ESTIMATOR, WHOLE_BUFFER)
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(PENDING / 2, PENDING))
            .handler(echo)
            .bind(address);
    return done(bound).onSuccess(v -> listening(bound.channel()));
  }

  /** NIO gives a closed port back in the next select, and a loop selects before it runs timers. */
  private Future<Void> afterNextSelect() {
    return done(context().nettyEventLoop().schedule(() -> null, 1, TimeUnit.NANOSECONDS));
  }

  private void listening(Channel bound) {
    channel = bound;
    bound.closeFuture().addListener(closed -> closed(bound));
  }

  private void closed(Channel closed) {
    if (channel == closed) {
      LOG.log(Level.WARNING, "UDP {0} has closed without being stopped", name());
    }
  }

  private void seen(io.netty.channel.socket.DatagramPacket packet) {
    Handler<DatagramPacket> handler = this.handler;
    if (handler != null) {
      context().emit(Received.copy(packet), handler);
    }
  }

  private BindException unbound(Throwable cause) {
    return Unbound.because(cause, "UDP", options.host(), options.port());
  }

  private String name() {
    return NetUtil.toSocketAddressString(options.host(), options.port());
  }

  private Future<Void> done(io.netty.util.concurrent.Future<Void> future) {
    PromiseInternal<Void> promise = context().promise();
    future.addListener(promise);
    return promise.future();
  }

  private ContextInternal context() {
    return (ContextInternal) context;
  }

  /** A datagram in Vert.x's form. */
  private record Received(SocketAddress sender, Buffer data) implements DatagramPacket {
    static Received copy(io.netty.channel.socket.DatagramPacket packet) {
      return new Received(
          SocketAddress.inetSocketAddress(packet.sender()),
          BufferInternal.buffer(Unpooled.copiedBuffer(packet.content())));
    }
  }
}

package io.baozi.bench;

import io.baozi.frame.Header;
import io.baozi.frame.MalformedHeaderException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.function.ObjLongConsumer;

/**
 * What one would write on Netty alone: its decoder cuts the header off, and the body is a slice of
 * the bytes at hand. Fed by hand: the channel only lends the context that a decoder asks for, and
 * no frame passes its pipeline.
 */
final class NettyFrames extends LengthFieldBasedFrameDecoder {
  private static final int MAX_HEADER = 64 * 1024;

  private final ObjLongConsumer<Header> frames;
  private final ChannelHandlerContext context;
  private Header header;

  NettyFrames(ObjLongConsumer<Header> frames) {
    super(MAX_HEADER + Integer.BYTES, 0, Integer.BYTES, 0, Integer.BYTES);
    this.frames = frames;
    this.context = new EmbeddedChannel(this).pipeline().context(this);
  }

  /** Takes the next bytes of the stream and releases them. */
  void handle(ByteBuf chunk) throws Exception {
    channelRead(context, chunk);
  }

  @Override
  protected Object decode(ChannelHandlerContext ctx, ByteBuf in) throws Exception {
    if (header == null && !header((ByteBuf) super.decode(ctx, in))) {
      return null;
    }
    if (in.readableBytes() >= header.size()) {
      ByteBuf body = in.readRetainedSlice((int) header.size());
      frames.accept(header, body.readableBytes());
      body.release();
      header = null;
    }
    return null;
  }

  private boolean header(ByteBuf bytes) throws MalformedHeaderException {
    if (bytes == null) {
      return false;
    }
    header = Header.parse(ByteBufUtil.getBytes(bytes));
    bytes.release();
    return true;
  }
}

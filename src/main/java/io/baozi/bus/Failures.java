package io.baozi.bus;

import io.baozi.message.ErrorCode;
import io.baozi.message.RefusedException;
import io.baozi.message.Reply;
import io.baozi.message.Request;
import io.baozi.message.Shown;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** What a client is answered when a request goes wrong beside the broker, whatever the way. */
public final class Failures {
  private static final Logger LOG = System.getLogger(Failures.class.getName());

  private Failures() {}

  /** The answer; what nobody expected is logged with its cause. */
  public static Reply answer(Request request, Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return request.refused(refused);
    }
    if (failure instanceof ReplyException replied) {
      return answer(request, replied);
    }
    String ref = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    LOG.log(Level.ERROR, "fault " + ref + " in " + request.op(), failure);
    return request.faulted(ref);
  }

  private static Reply answer(Request request, ReplyException failure) {
    String address = Shown.value(request.header().get("address"));
    return switch (failure.failureType()) {
      case NO_HANDLERS -> request.refused(ErrorCode.NOT_FOUND, "nobody consumes " + address);
      case TIMEOUT ->
          request.refused(ErrorCode.TIMEOUT, "the consumer of " + address + " did not reply");
      case RECIPIENT_FAILURE -> failed(request, failure, "the consumer failed the request");
      case ERROR -> failed(request, failure, "the request could not be delivered");
    };
  }

  private static Reply failed(Request request, ReplyException failure, String otherwise) {
    Reply refused =
        request.refused(ErrorCode.FAILED, Outward.text(failure.getMessage(), otherwise));
    return new Reply(
        refused.id(), refused.header().with("code", failure.failureCode()), Buffer.buffer(0));
  }
}

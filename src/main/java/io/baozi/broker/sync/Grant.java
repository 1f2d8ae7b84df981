package io.baozi.broker.sync;

import io.baozi.broker.waiting.Alarm;

/** Permits that one request was granted, with a lease at whose end they are lost. */
final class Grant extends Alarm {
  private final Holding holding;
  private final long number;
  private int permits;
  private long lease;
  private long ends;

  Grant(Holding holding, PermitWait granted, long number, long now) {
    this.holding = holding;
    this.number = number;
    this.permits = granted.permits();
    this.lease = granted.lease();
    this.ends = now + lease;
  }

  int permits() {
    return permits;
  }

  void reduce(int by) {
    permits -= by;
  }

  /** When its lease ends, in milliseconds since 1970. */
  long ends() {
    return ends;
  }

  /** Larger than that of any before. */
  long number() {
    return number;
  }

  /** Begins its lease again, by its old length or another if it is not 0. */
  void renew(long length, long now) {
    lease = length > 0 ? length : lease;
    ends = now + lease;
  }

  @Override
  protected void ring(long now) {
    holding.lapse(this, now);
  }
}

package io.baozi.net;

/**
 * What a {@link UdpServer} has counted since it was made. Once nothing is under way, an echoing
 * server's {@code received} is {@code echoed} plus {@code dropped}.
 *
 * @param received datagrams that arrived
 * @param echoed answers that the operating system took; UDP may still lose them
 * @param dropped answers not sent: too much was waiting to be sent already, or sending failed
 * @param errors faults that the socket reported and outlived, for example that a peer's port is
 *     closed
 * @param bytes bytes in the datagrams received
 */
public record UdpStats(long received, long echoed, long dropped, long errors, long bytes) {}

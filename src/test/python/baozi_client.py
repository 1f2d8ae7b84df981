import json
import socket
import struct
import sys


def send(sock, header, body=b""):
    data = json.dumps({**header, "size": len(body)}).encode()
    sock.sendall(struct.pack(">I", len(data)) + data + body)


def receive(stream):
    (length,) = struct.unpack(">I", stream.read(4))
    header = json.loads(stream.read(length))
    return header, stream.read(header.get("size", 0))


host, port, queue = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with socket.create_connection((host, port)) as sock, sock.makefile("rb") as stream:
    send(sock, {"op": "queue.put", "id": 1, "queue": queue}, "包子".encode())
    print("put:", receive(stream)[0])
    send(sock, {"op": "queue.take", "id": 2, "queue": queue, "wait": 5000})
    answer, body = receive(stream)
    if not answer["ok"]:
        sys.exit(answer["error"] + ": " + answer["message"])
    print("took:", body.decode())
    msgs = [entry["msg"] for entry in answer["msgs"]]
    send(sock, {"op": "queue.ack", "id": 3, "queue": queue, "msgs": msgs})
    print("acked:", receive(stream)[0]["acked"])

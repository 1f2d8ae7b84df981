<<<<<<< HEAD
import json, socket, struct

class Client:
    def __init__(self, host="127.0.0.1", port=7654):
        self.stream = socket.create_connection((host, port)).makefile("rwb")
        self.id = 0

    def call(self, op, body=b"", **arguments):
        self.id += 1
        header = json.dumps({"id": self.id, "op": op, "size": len(body), **arguments}).encode()
        self.stream.write(struct.pack(">I", len(header)) + header + body)
        self.stream.flush()
        answer = json.loads(self.read(*struct.unpack(">I", self.read(4))))
        body = self.read(answer.get("size", 0))
        if not answer["ok"]:
            raise RuntimeError(answer["error"] + ": " + answer["message"])
        return answer, body

    def read(self, length):
        data = self.stream.read(length)
        if len(data) < length:
            raise ConnectionError("the server has closed the connection")
        return data

if __name__ == "__main__":
    client = Client()
    client.call("queue.put", b"two with pork", queue="orders")
    answer, body = client.call("queue.take", queue="orders")
    client.call("queue.ack", queue="orders", msgs=[answer["msgs"][0]["msg"]])
    print(body.decode())
=======
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
>>>>>>> tests

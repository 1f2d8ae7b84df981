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

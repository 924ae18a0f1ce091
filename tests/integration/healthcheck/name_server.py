# A name server (RFC 1035) that misbehaves depending on the name.
import socket
import struct

ZONE = {
    "service.test": ["10.77.0.2"],
    "six.test": ["fd77::2"],
    "both.test": ["10.77.0.2", "fd77::2"],
    "second.test": ["127.0.0.1", "10.77.0.2"],
    "nobody.test": ["127.0.0.1"],
    "app.cluster.test": ["10.77.0.2"],
    "late.test": ["10.77.0.2"],
}
asked = {}


def answer(query):
    name, at = [], 12
    while query[at]:
        name.append(query[at + 1:at + 1 + query[at]].decode())
        at += 1 + query[at]
    name, kind = ".".join(name).lower(), struct.unpack(">H", query[at + 1:at + 3])[0]
    asked[name] = asked.get(name, 0) + 1
    if name == "silent.test" or (name == "late.test" and asked[name] <= 6):
        return None
    if name == "garbage.test":
        return query[:2] + b"\xff" * 40
    records = b""
    family = {1: socket.AF_INET, 28: socket.AF_INET6}.get(kind)
    wanted = [one for one in ZONE.get(name, []) if (":" in one) == (kind == 28)]
    for one in wanted:
        address = socket.inet_pton(family, one)
        records += struct.pack(">HHHIH", 0xC00C, kind, 1, 60, len(address)) + address
    code = 2 if name == "failing.test" else 0 if name in ZONE else 3
    head = query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(wanted), 0, 0)
    return head + query[12:at + 5] + records


server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
print("ready", flush=True)
while True:
    query, client = server.recvfrom(512)
    reply = answer(query)
    if reply:
        server.sendto(reply, client)

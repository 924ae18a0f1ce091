# The test's gRPC service on Python's grpcio. It uses the same ports as server.go. Debian does not package its
# health package, so the two messages are encoded by hand.
import concurrent.futures
import sys
import threading

import grpc

SERVING, NOT_SERVING = b"\x08\x01", b"\x08\x02"


def method(handler):
    return grpc.method_handlers_generic_handler(
        "grpc.health.v1.Health", {"Check": grpc.unary_unary_rpc_method_handler(handler)})


def health(statuses):
    def check(request, context):
        name = request[2:].decode()
        if name not in statuses:
            context.abort(grpc.StatusCode.NOT_FOUND, "unknown service")
        return statuses[name]
    return method(check)


def refuse(request, context):
    context.abort(grpc.StatusCode.UNAUTHENTICATED, "who are you?")


servers = []


def serve(addresses, handler, credentials=None):
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(4))
    if handler:
        server.add_generic_rpc_handlers((handler,))
    for address in addresses:
        if credentials:
            server.add_secure_port(address, credentials)
        else:
            server.add_insecure_port(address)
    server.start()
    servers.append(server)


directory = sys.argv[1]
known = health({"": SERVING, "ready": SERVING, "broken": NOT_SERVING})
late = {"": NOT_SERVING}
serve(["127.0.0.1:8080", "[::1]:8080", f"unix:{directory}/socket"], known)
serve(["127.0.0.1:8081"], None)
serve(["127.0.0.1:8082"], health(late))
serve(["127.0.0.1:8083"], method(lambda request, context: threading.Event().wait()))
serve(["127.0.0.1:8084"], method(refuse))
with open(f"{directory}/key", "rb") as key, open(f"{directory}/certificate", "rb") as certificate:
    pair = grpc.ssl_server_credentials([(key.read(), certificate.read())])
serve(["127.0.0.1:8443"], known, pair)
sys.stdin.readline()
late[""] = SERVING
threading.Event().wait()

# The test's TLS services on Python's ssl and http.server. Each argument has the options of one, with spaces
# between them.
import argparse
import http.server
import socket
import ssl
import sys
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int)
parser.add_argument("--directory")
parser.add_argument("--version", default="")
parser.add_argument("--suite", default="")
parser.add_argument("--client", default="NONE")
parser.add_argument("--name", default="")
parser.add_argument("--record", type=int, default=65536, help="the size of what is written at once")
parser.add_argument("--tickets", type=int)
parser.add_argument("--script", help="with some of the words of scripted/server.cpp")

body = b"the service is well\n" * 100


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *words):
        pass

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for begin in range(0, len(body), self.server.options.record):
            self.wfile.write(body[begin:begin + self.server.options.record])


def converse(secured, script):
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    ends = {"start": answer.index(b"Length"), "half": len(answer) - len(body) // 2, "rest": len(answer)}
    sent = 0
    for word in script:
        if word == "request":
            request = b""
            while not request.endswith(b"\r\n\r\n"):
                request += secured.recv(4096)
        elif word == "notify":
            secured.unwrap()
        else:
            secured.sendall(answer[sent:ends[word]])
            sent = ends[word]
    if "notify" not in script:
        # The end of TCP alone. SSLSocket.shutdown() would end the reading of records, too.
        socket.socket.shutdown(secured, socket.SHUT_WR)
        while secured.recv(4096):
            pass


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, options, context):
        self.options = options
        self.context = context
        super().__init__(("127.0.0.1", options.port), Handler)

    # The handshake takes place in the connection's thread, and its errors are printed there.
    def finish_request(self, request, address):
        with self.context.wrap_socket(request, server_side=True, suppress_ragged_eofs=False) as secured:
            if self.options.script is None:
                Handler(secured, address, self)
                secured.unwrap()
            else:
                converse(secured, [word for word in self.options.script.split(",") if word])


def secure(options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # An end without close_notify is an error (RFC 8446 §6.1), which Python ignores by default.
    context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
    context.load_cert_chain(options.directory + "/certificate", options.directory + "/key")
    context.verify_mode = ssl.VerifyMode["CERT_" + options.client]
    context.load_verify_locations(options.directory + "/certificate")
    if options.version:
        version = ssl.TLSVersion["TLSv" + options.version.replace(".", "_")]
        context.minimum_version = context.maximum_version = version
    if options.tickets:
        context.num_tickets = options.tickets
    if options.suite:
        context.set_ciphers(options.suite)
    if options.name:
        context.sni_callback = lambda connection, name, context: (
            None if name == options.name else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME)
    return context


for argument in sys.argv[1:]:
    options = parser.parse_args(argument.split())
    server = Server(options, secure(options))
    threading.Thread(target=server.serve_forever).start()

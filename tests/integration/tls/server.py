# The test's TLS services on Python's ssl and http.server. Each argument has the options of one, with spaces
# between them.
import argparse
import http.server
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


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *words):
        pass

    def do_GET(self):
        text = b"the service is well\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, port, context):
        self.context = context
        super().__init__(("127.0.0.1", port), Handler)

    # The handshake takes place in the connection's thread, and its errors are printed there.
    def finish_request(self, request, address):
        with self.context.wrap_socket(request, server_side=True) as secured:
            Handler(secured, address, self)
            secured.unwrap()


def secure(options):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.directory + "/certificate", options.directory + "/key")
    context.verify_mode = ssl.VerifyMode["CERT_" + options.client]
    context.load_verify_locations(options.directory + "/certificate")
    if options.version:
        version = ssl.TLSVersion["TLSv" + options.version.replace(".", "_")]
        context.minimum_version = context.maximum_version = version
    if options.suite:
        context.set_ciphers(options.suite)
    if options.name:
        context.sni_callback = lambda connection, name, context: (
            None if name == options.name else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME)
    return context


for argument in sys.argv[1:]:
    options = parser.parse_args(argument.split())
    server = Server(options.port, secure(options))
    threading.Thread(target=server.serve_forever).start()

# The test's TLS service on Python's ssl and http.server, on port 8443.
import argparse
import http.server
import ssl

parser = argparse.ArgumentParser()
parser.add_argument("--directory")
parser.add_argument("--version", default="")
parser.add_argument("--suite", default="")
parser.add_argument("--client", default="NONE")
parser.add_argument("--name", default="")
options = parser.parse_args()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *words):
        pass

    def do_GET(self):
        text = b"the service is well\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def check_name(connection, name, context):
    return None if name == options.name else ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME


class Server(http.server.ThreadingHTTPServer):
    # The handshake takes place in the connection's thread, and its errors are printed there.
    def finish_request(self, request, address):
        with context.wrap_socket(request, server_side=True) as secured:
            Handler(secured, address, self)
            secured.unwrap()


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(options.directory + "/certificate", options.directory + "/key")
context.verify_mode = ssl.VerifyMode["CERT_" + options.client]
context.load_verify_locations(options.directory + "/certificate")
if options.version:
    context.minimum_version = context.maximum_version = ssl.TLSVersion["TLSv" + options.version.replace(".", "_")]
if options.suite:
    context.set_ciphers(options.suite)
if options.name:
    context.sni_callback = check_name
Server(("127.0.0.1", 8443), Handler).serve_forever()

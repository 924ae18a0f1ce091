# The test's service on Python's http.server: HTTP/1.1 on port 8080 of both families and a Unix socket;
# HTTP/1.0, its default, on 8081.
import base64
import http.server
import os
import socket
import socketserver
import sys
import threading
import time

TEXT = b"the service is well\n"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def address_string(self):
        return "probe"

    def answer(self, status, text=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if text and self.command != "HEAD":
            self.wfile.write(text)

    def do_GET(self):
        page = self.path
        if page == "/ok":
            self.answer(200, TEXT)
        elif page == "/broken":
            self.answer(503)
        elif page == "/moved":
            self.answer(301, headers=[("Location", "http://127.0.0.1:9000/trap")])
        elif page == "/slow":
            time.sleep(3600)
        elif page == "/headers":
            self.answer(200, TEXT, [("X-Large", "x" * 8000)])
        elif page == "/private":
            right = "Basic " + base64.b64encode(b"probe:secret").decode()
            self.answer(200 if self.headers["Authorization"] == right else 401)
        elif page == "/host":
            self.answer(200 if self.headers["Host"] == "app.example" else 421)
        elif page == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in (b"the service", b" is we", b"ll\n"):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.answer(404)

    do_HEAD = do_OPTIONS = do_POST = do_GET


class Old(Handler):
    protocol_version = "HTTP/1.0"


class OnIpv6(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6


class OnSocket(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


servers = [
    http.server.ThreadingHTTPServer(("127.0.0.1", 8080), Handler),
    OnIpv6(("::1", 8080), Handler),
    http.server.ThreadingHTTPServer(("127.0.0.1", 8081), Old),
    OnSocket(sys.argv[1], Handler),
]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
threading.Event().wait()

"""A small web service on Python's own HTTP server.

Environment: PORT (8000). Signals: TERM and INT stop it gracefully.
"""
import os
import signal
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.path in ("/", "/healthz")
        body = b"ok\n" if known else b"not found\n"
        self.send_response(HTTPStatus.OK if known else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *arguments):
        if self.path != "/healthz":
            super().log_message(format, *arguments)


class Server(ThreadingHTTPServer):
    daemon_threads = False  # so that requests in flight are finished


def main():
    server = Server(("", int(os.environ.get("PORT", "8000"))), Handler)

    def stop(number, frame):
        print(f"app: stopping on {signal.Signals(number).name}")
        # shutdown() waits for serve_forever(), which this handler interrupts.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print("app: started")
    server.serve_forever()
    server.server_close()
    print("app: stopped")


main()

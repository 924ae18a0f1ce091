// The popular web servers, each with the same few pages, in a directory and a network of its own.
#pragma once

#include <string>
#include <vector>

#include "harness/files.hpp"
#include "installed.hpp"

namespace servers {

using programs::Words;

// The features that a server can offer; all servers have /ok, /missing, /broken and /moved.
enum Offer : unsigned {
  unix_socket = 1,      // in the directory, as "web"
  chunked = 2,          // /chunked, without a length
  slow = 4,             // /slow, which never answers
  authentication = 8,   // /private, for probe:secret
  hosts = 16,           // /host, only for app.example
  large_headers = 32,   // /headers
  all_methods = 64,     // OPTIONS and POST of /ok, not only HEAD
  compression = 128,    // gzip for clients that ask for it
  tls = 256,            // on 8443; closes the connection of a client that speaks plaintext
  tls_in_clear = 2048,  // the same, but answers such a client in plaintext
  http2 = 512,          // on 8082, with nothing else
  http1_0 = 1024,       // on 8081
  everything_scripted = unix_socket | chunked | slow | authentication | hosts | large_headers | all_methods,
};

struct WebServer {
  const char* name;
  unsigned offers;
  // Writes the needed files into the directory and returns the command.
  Words (*prepare)(const harness::TemporaryDirectory& directory);
  // The text that its log, on standard error or in the directory's "log", has about a client that breaks off.
  const char* complaint;
};

extern const std::vector<WebServer> web_servers;

}  // namespace servers

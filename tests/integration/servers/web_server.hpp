// The web servers that people run, each with the same few pages, in a directory and a network of its own.
#pragma once

#include <string>
#include <vector>

#include "harness/files.hpp"
#include "installed.hpp"

namespace servers {

using programs::Words;

// What a server can be made to offer; all have /ok, /missing, /broken and /moved.
enum Offer : unsigned {
  unix_socket = 1,      // in the directory, as "web"
  chunked = 2,          // /chunked, without a length
  slow = 4,             // /slow, which never answers
  authentication = 8,   // /private, for probe:secret
  hosts = 16,           // /host, for app.example alone
  large_headers = 32,   // /headers
  all_methods = 64,     // OPTIONS and POST of /ok, not only HEAD
  compression = 128,    // gzip for who asks
  tls = 256,            // on 8443; it closes on who speaks in clear
  tls_in_clear = 2048,  // the same; but it answers in clear who speaks in clear
  http2 = 512,          // alone, on 8082
  http1_0 = 1024,       // on 8081
  everything_scripted = unix_socket | chunked | slow | authentication | hosts | large_headers | all_methods,
};

struct WebServer {
  const char* name;
  unsigned offers;
  // Writes what it needs into the directory, and tells the command.
  Words (*prepare)(const harness::TemporaryDirectory& directory);
  // What its log, on standard error or in the directory's "log", has of a client that breaks off.
  const char* complaint;
};

extern const std::vector<WebServer> web_servers;

}  // namespace servers

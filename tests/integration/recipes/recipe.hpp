// A recipe of docs/recipes.md: the section of a service with its HEALTHCHECK lines, and a row of the tests
// that knows how to start the server.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "harness/container.hpp"
#include "harness/files.hpp"
#include "installed.hpp"

namespace recipes {

using harness::TemporaryDirectory;
using programs::Words;

// "### Redis" and the words of each line, the first of which is /healthcheck or
// /healthcheck-tls.
struct Section {
  std::string heading;
  std::vector<Words> lines;
};

std::vector<Section> read_sections(const std::string& page);

struct Service {
  Words command;
  harness::ContainerOptions container = programs::secluded();
};

// Makes a running server unhealthy. The processes that it adds live until the end of the test.
using Break =
    std::function<void(harness::Container&, const TemporaryDirectory&, std::vector<harness::Process>&)>;

struct Row {
  const char* heading;
  // Writes the needed files into the directory.
  Service (*prepare)(const TemporaryDirectory& directory);
  // Of the lines; @ stands for the directory.
  Words environment = {};
  // Breaks the service, and the reason that healthcheck then gives; empty: the test freezes its processes.
  Break break_service = {};
  std::string reason = {};
};

// For GoogleTest.
inline std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.heading; }

extern const std::vector<Row> stores;    // databases, caches and brokers
extern const std::vector<Row> gateways;  // applications and what calls them
extern const std::vector<Row> proxies;   // web servers and proxies
extern const std::vector<Row> daemons;   // mail, files, names, shells
extern const std::vector<Row> secured;   // services that speak TLS

}  // namespace recipes

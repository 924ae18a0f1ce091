#include "subjects.hpp"

#include "harness/programs.hpp"

namespace bench {
namespace {

std::string url_of(Route route, const Endpoint& endpoint, const std::string& path) {
  switch (route) {
    case Route::ipv4:
      return "http://" + endpoint.ipv4() + path;
    case Route::ipv6:
      return "http://" + endpoint.ipv6() + path;
    case Route::unix_socket:
      return "http://localhost" + path;
    case Route::grpc:
      return "grpc://" + endpoint.grpc();
  }
  return {};
}

Words plain_probe(const Subject& subject, Route route, const Endpoint& endpoint, const std::string& path) {
  const auto port = [](const std::string& address) { return address.substr(address.rfind(':') + 1); };
  switch (route) {
    case Route::ipv4:
      return {subject.path, "4", port(endpoint.ipv4()), path};
    case Route::ipv6:
      return {subject.path, "6", port(endpoint.ipv6()), path};
    case Route::unix_socket:
      return {subject.path, "u", endpoint.unix_socket(), path};
    case Route::grpc:
      return {};
  }
  return {};
}

}  // namespace

std::string made_here(std::string_view program) { return FLOOR_BIN "/" + std::string{program}; }

const std::vector<Subject>& inits() {
  static const std::vector<Subject> subjects{
      {"init", harness::shipped("init"), ""},
      {"tini", "/usr/bin/tini", "tini"},
      {"tini-static", "/usr/bin/tini-static", "tini"},
      {"dumb-init", "/usr/bin/dumb-init", "dumb-init"},
      {"catatonit", "/usr/bin/catatonit", "catatonit"},
      {"plainest loop", made_here("plain_init"), ""},
      {std::string{smallest_start}, made_here("plain_start"), ""},
  };
  return subjects;
}

std::span<const Subject> forwarding_inits() { return std::span{inits()}.first(inits().size() - 1); }

const std::vector<Subject>& probes() {
  static const std::vector<Subject> subjects{
      {"healthcheck", harness::shipped("healthcheck"), ""},
      {"curl", "/usr/bin/curl", "curl"},
      {"wget", "/usr/bin/wget", "wget"},
      {"busybox wget", "/bin/busybox", "busybox-static"},
      {"plainest GET", made_here("plain_probe"), ""},
  };
  return subjects;
}

const std::vector<Subject>& secure_probes() {
  static const std::vector<Subject> subjects{
      {"healthcheck-tls", harness::shipped("healthcheck-tls"), ""},
      {"curl -k", "/usr/bin/curl", "curl"},
      {"wget, no check", "/usr/bin/wget", "wget"},
  };
  return subjects;
}

std::vector<std::string> names_of(const std::vector<Subject>& subjects) {
  std::vector<std::string> names;
  for (const Subject& subject : subjects) names.push_back(subject.name);
  return names;
}

std::vector<std::size_t> compared(const std::vector<Subject>& subjects) {
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < subjects.size(); ++place) {
    if (place == 0 || !subjects[place].package.empty()) places.push_back(place);
  }
  return places;
}

Words under(const Subject& init, const Words& program) {
  Words words{init.path};
  // Without this option tini warns and reaps nothing if it is not PID 1.
  if (init.package == "tini") words.emplace_back("-s");
  words.insert(words.end(), program.begin(), program.end());
  return words;
}

Words probe(const Subject& subject, Route route, const Endpoint& endpoint, long bytes) {
  const std::string path = "/" + std::to_string(bytes);
  const std::string url = url_of(route, endpoint, path);
  const bool over_unix = route == Route::unix_socket;
  if (subject.name == "healthcheck") {
    return over_unix ? Words{subject.path, "--unix-socket=" + endpoint.unix_socket(), url}
                     : Words{subject.path, url};
  }
  if (subject.package.empty()) return plain_probe(subject, route, endpoint, path);
  if (route == Route::grpc) return {};
  if (subject.package == "curl") {
    Words words{subject.path, "-f", "-s", "-o", "/dev/null", url};
    if (over_unix) words.insert(words.end(), {"--unix-socket", endpoint.unix_socket()});
    return words;
  }
  if (over_unix) return {};
  if (subject.package == "wget") return {subject.path, "-q", "-O", "/dev/null", url};
  return {subject.path, "wget", "-q", "-O", "/dev/null", url};
}

Words secure_probe(const Subject& subject, const SecureEndpoint& endpoint) {
  Words words{subject.path};
  if (subject.package == "curl") words.insert(words.end(), {"-k", "-f", "-s", "-o", "/dev/null"});
  if (subject.package == "wget")
    words.insert(words.end(), {"--no-check-certificate", "-q", "-O", "/dev/null"});
  words.push_back(endpoint.url());
  return words;
}

}  // namespace bench

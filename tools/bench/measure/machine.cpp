#include "machine.hpp"

#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <set>

#include "harness/files.hpp"
#include "harness/process.hpp"
#include "subjects.hpp"

namespace bench {
namespace {

// Returns the text after the name, up to the end of the line.
std::string value_in(const std::string& file, const std::string& name) {
  const std::string text = harness::read_file(file);
  const std::size_t place = text.find(name);
  if (place == std::string::npos) return "unknown";
  const std::size_t from = text.find_first_not_of("\t :=\"", place + name.size());
  return text.substr(from, text.find_first_of("\"\n", from) - from);
}

}  // namespace

std::string machine() {
  utsname system{};
  uname(&system);
  const time_t now = time(nullptr);
  char day[32];
  strftime(day, sizeof day, "%Y-%m-%d", gmtime(&now));
  return value_in("/proc/cpuinfo", "model name") + ", " + std::to_string(sysconf(_SC_NPROCESSORS_ONLN)) +
         " processors, Linux " + system.release + " (" + system.machine + "), " +
         value_in("/etc/os-release", "PRETTY_NAME") + ", " + day;
}

std::string versions() {
  std::set<std::string> packages;
  for (const auto* subjects : {&inits(), &probes()}) {
    for (const Subject& subject : *subjects) {
      if (!subject.package.empty()) packages.insert(subject.package);
    }
  }
  std::string text;
  for (const std::string& package : packages) {
    if (!text.empty()) text += ", ";
    text += package + " " + harness::run({"dpkg-query", "-W", "-f", "${Version}", package}).out;
  }
  return text;
}

}  // namespace bench

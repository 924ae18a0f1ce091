// benchmark bench|counts|soak [TREE]: measures; bench writes the figures to the documents of the source tree.
#include <stdlib.h>

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include "harness/files.hpp"
#include "measure/figures.hpp"
#include "measure/machine.hpp"
#include "measure/soak.hpp"
#include "report/budgets.hpp"
#include "report/chart.hpp"
#include "report/comparison.hpp"

namespace bench {
namespace {

void write_documents(const std::filesystem::path& tree, const Figures& figures, const std::string& kept) {
  const std::string where = "Measured on " + machine() + ", against Debian's " + versions() + ".\n\n";
  write_between(tree / "docs/benchmark.md",
                "\n" + where + "## An init\n\n" + markdown_of(figures.inits) + "\n## A probe\n\n" +
                    markdown_of(figures.probes) + "\n## A probe over TLS\n\n" +
                    markdown_of(figures.secure_probes) + "\n## The budgets\n\n" + kept + "\n");
  write_between(tree / "README.md", "\n" + comparison_of(figures) + "\n");
  harness::write_file(tree / "docs/benchmark.svg", chart_of(figures.inits, figures.probes));
}

int measure(Kind kind, const char* tree) {
  const Effort effort{.kind = kind};
  const Endpoint endpoint;
  const SecureEndpoint secure_endpoint;
  Figures figures;
  figures.inits = measure_inits(effort);
  std::cout << markdown_of(figures.inits) << std::endl;
  figures.probes = measure_probes(effort, endpoint);
  std::cout << markdown_of(figures.probes) << std::endl;
  figures.secure_probes = measure_secure_probes(effort, secure_endpoint);
  std::cout << markdown_of(figures.secure_probes) << std::endl;
  const auto limits = budgets(figures, kind);
  const std::string kept = markdown_of(limits);
  std::cout << kept << std::endl;
  if (tree != nullptr) write_documents(tree, figures, kept);
  return all_kept(limits) ? 0 : 1;
}

// The environment is on the stack of every program and would be measured as its memory: keep only PATH.
void clear_environment() {
  const char* const path = getenv("PATH");
  const std::string kept = path == nullptr ? "/usr/sbin:/usr/bin:/sbin:/bin" : path;
  clearenv();
  setenv("PATH", kept.c_str(), 1);
}

int perform(std::string_view what, const char* tree) {
  clear_environment();
  if (what == "bench") return measure(Kind::all, tree);
  if (what == "counts") return measure(Kind::counts, nullptr);
  if (what != "soak") throw std::runtime_error("benchmark bench|counts|soak [TREE]");
  soak();
  return 0;
}

}  // namespace
}  // namespace bench

int main(int count, char** words) {
  try {
    return bench::perform(count > 1 ? words[1] : "", count > 2 ? words[2] : nullptr);
  } catch (const std::exception& error) {
    std::cerr << "benchmark: " << error.what() << std::endl;
    return 1;
  }
}

#include "comparison.hpp"

#include <array>
#include <span>

#include "measure/figures.hpp"
#include "measure/machine.hpp"
#include "measure/subjects.hpp"

namespace bench {
namespace {

using Cells = std::vector<std::string>;

struct Measured {
  const char* title;
  const char* figure;
  Cells others = {};  // for programs that Debian does not package
};

// A fact that is not measured: it comes from a program's documentation or sources, or from a trial.
struct Fact {
  const char* title;
  Cells cells;
};

struct Comparison {
  const Table& table;
  const std::vector<Subject>& subjects;
  Cells others = {};
  std::span<const Measured> figures;
  std::span<const Fact> facts;
};

const std::array init_figures{
    Measured{"size, bytes, with the libraries it loads", figure::loaded},
    Measured{"start-up it adds, µs", figure::start_up},
    Measured{"system calls it makes to run a program", figure::calls},
    Measured{"memory while it waits, kB", figure::resident},
    Measured{"wake-ups in 10 idle seconds", figure::wake_ups},
};

const std::array init_facts{
    Fact{"a stop signal before the process group exists (tini and catatonit: `-g`)",
         {"waits for it", "lost", "lost", "lost", "lost"}},
    Fact{"signals to processes that left the session", {"`--all`", "no", "no", "no", "no"}},
    Fact{"time for processes that outlive PROGRAM", {"`--drain`, 5 s", "none", "none", "none", "none"}},
    Fact{"delay before the stop, SIGKILL after a grace period", {"yes", "no", "no", "no", "no"}},
    Fact{"status if PROGRAM is not found, not executable",
         {"127, 126", "127, 126 or 1", "127, 126 or 1", "2", "1"}},
};

const std::array probe_figures{
    Measured{"size, bytes, with the libraries it loads", figure::loaded, {"70,840¹", "12 million¹"}},
    Measured{"one HTTP probe, µs", figure::http, {"440¹", "–"}},
    Measured{"system calls of it", figure::calls, {"26¹", "–"}},
    Measured{"peak memory, kB", figure::peak, {"96¹", "–"}},
};

const std::array probe_facts{
    Fact{"checks",
         {"HTTP, TCP, UDP, Unix, gRPC, file, PID file", "HTTP, Unix", "HTTP", "HTTP", "HTTP", "gRPC"}},
    Fact{"one deadline for the whole probe", {"yes", "`--max-time`", "no", "no", "no", "two"}},
    Fact{"reaches only its own network namespace", {"yes", "no", "no", "no", "no", "no"}},
    Fact{"TLS", {"`healthcheck-tls`", "yes", "yes", "no", "a second program", "yes"}},
};

const std::array secure_figures{
    Measured{"size, bytes, with the libraries it loads", figure::loaded},
    Measured{"one HTTPS probe, µs", figure::https},
    Measured{"system calls of it", figure::calls},
    Measured{"peak memory, kB", figure::peak},
};

const std::array secure_facts{
    Fact{"checks", {"all of `healthcheck`, and HTTPS, gRPC and TCP over TLS", "HTTPS", "HTTPS"}},
};

std::string line_of(const std::string& title, const Cells& cells) {
  std::string text = "| " + title + " |";
  for (const std::string& cell : cells) text += " " + cell + " |";
  return text + "\n";
}

Cells names_in(const Comparison& comparison) {
  Cells names;
  for (const std::size_t place : compared(comparison.subjects)) {
    const std::string& name = comparison.subjects[place].name;
    names.push_back(place == 0 ? "**" + name + "**" : name);
  }
  names.insert(names.end(), comparison.others.begin(), comparison.others.end());
  return names;
}

Cells values_of(const Comparison& comparison, const Measured& measured) {
  const Row& row = comparison.table.row(measured.figure);
  Cells cells;
  for (const std::size_t place : compared(comparison.subjects)) {
    cells.push_back(number(row.cells[place]->median, row.decimals));
  }
  cells.insert(cells.end(), measured.others.begin(), measured.others.end());
  return cells;
}

std::string markdown_of(const Comparison& comparison) {
  const Cells names = names_in(comparison);
  std::string text = line_of("", names) + "|---|";
  for (std::size_t column = 0; column < names.size(); ++column) text += "---|";
  text += "\n";
  for (const Measured& measured : comparison.figures) {
    text += line_of(measured.title, values_of(comparison, measured));
  }
  for (const Fact& fact : comparison.facts) text += line_of(fact.title, fact.cells);
  return text;
}

}  // namespace

std::string comparison_of(const Figures& figures) {
  return markdown_of({figures.inits, inits(), {}, init_figures, init_facts}) + "\n" +
         markdown_of(
             {figures.probes, probes(), {"httpcheck", "grpc_health_probe"}, probe_figures, probe_facts}) +
         "\n" + markdown_of({figures.secure_probes, secure_probes(), {}, secure_figures, secure_facts}) +
         "\nMeasured on " + machine() + ", with Debian's " + versions() +
         ". ¹ Not measured here: the figures of microcheck 1.4's httpcheck come from a trial, those of "
         "grpc_health_probe from its authors.\n";
}

}  // namespace bench

#include "counts.hpp"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <sstream>
#include <stdexcept>

#include "figures.hpp"
#include "harness/files.hpp"
#include "harness/proc.hpp"
#include "harness/process.hpp"

namespace bench {
namespace {

Words behind(Words tool, const Words& command) {
  tool.insert(tool.end(), command.begin(), command.end());
  return tool;
}

harness::Outcome run_well(const Words& command) {
  harness::Outcome outcome = harness::run(command, {}, std::chrono::minutes{5});
  if (outcome.status != 0) throw std::runtime_error(command[0] + ": " + outcome.out + outcome.err);
  return outcome;
}

[[noreturn]] void be_traced(const Words& command) {
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int stream = 0; stream < 3; ++stream) dup2(null, stream);
  ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  execv(words[0], words.data());
  _exit(127);
}

Calls calls_of_one_run(const Words& command) {
  const harness::TemporaryDirectory directory;
  const std::string file = directory / "trace";
  run_well(behind({"strace", "-f", "-qq", "-e", "signal=none", "-o", file}, command));
  Calls calls{0, 0};
  std::istringstream lines{harness::read_file(file)};
  for (std::string line; std::getline(lines, line);) {
    // The second half of a call that another process's output interrupted.
    if (line.contains("resumed>")) continue;
    ++calls.all;
    if (line.contains("PR_SET_SECCOMP") || line.contains("PR_SET_NO_NEW_PRIVS")) ++calls.confinement;
  }
  return calls;
}

}  // namespace

Calls system_calls_of(const Words& command) {
  Calls fewest = calls_of_one_run(command);
  for (int run = 1; run < 21; ++run) {
    const Calls calls = calls_of_one_run(command);
    if (calls.all < fewest.all) fewest = calls;
  }
  return fewest;
}

void add_calls(Table& table, const std::vector<Calls>& calls) {
  Row all{figure::calls, 0};
  Row own{figure::own_calls, 0};
  for (const Calls& made : calls) {
    all.cells.emplace_back(exactly(static_cast<double>(made.all)));
    own.cells.emplace_back(exactly(static_cast<double>(made.all - made.confinement)));
  }
  table.rows.push_back(std::move(all));
  table.rows.push_back(std::move(own));
}

double instructions_of(const Words& command) {
  // valgrind could not continue behind the filter, so refuse the filter, healthcheck's second prctl:
  // healthcheck continues without it. init's only prctl makes it the subreaper, like the peers'.
  const Words tool{"strace",
                   "-f",
                   "-qq",
                   "-o",
                   "/dev/null",
                   "-e",
                   "trace=prctl",
                   "-e",
                   "inject=prctl:error=EINVAL:when=2+",
                   "valgrind",
                   "--tool=callgrind",
                   "--callgrind-out-file=/dev/null"};
  const std::string said = run_well(behind(tool, command)).err;
  const std::string label = "Collected : ";
  const std::size_t place = said.find(label);
  if (place == std::string::npos) throw std::runtime_error("callgrind said: " + said);
  return std::stod(said.substr(place + label.size()));
}

double bytes_loaded_by(const std::string& path) {
  std::set<std::filesystem::path> files{std::filesystem::canonical(path)};
  std::istringstream words{harness::run({"ldd", path}).out};
  for (std::string word; words >> word;) {
    if (word.starts_with('/') && !word.ends_with(':')) files.insert(std::filesystem::canonical(word));
  }
  double sum = 0;
  for (const auto& file : files) sum += static_cast<double>(std::filesystem::file_size(file));
  return sum;
}

double peak_kilobytes_of(const Words& command) {
  const pid_t pid = fork();
  if (pid == 0) be_traced(command);
  int status = 0;
  double peak = 0;
  while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status)) {
    int signal = WSTOPSIG(status);
    if (signal == SIGTRAP) {
      signal = 0;
      ptrace(PTRACE_SETOPTIONS, pid, nullptr, PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL);
      // At exit its memory is still there, and nothing has been released.
      if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
        peak = static_cast<double>(harness::memory_of(pid).resident);
      }
    }
    ptrace(PTRACE_CONT, pid, nullptr, signal);
  }
  if (status != 0) throw std::runtime_error(command[0] + " failed while its memory was measured");
  return peak;
}

}  // namespace bench

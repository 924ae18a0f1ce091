// Engine: a private Docker engine from Debian's packages, and its client.
//
//   Engine engine{cache};
//   engine.call({"run", "--rm", image, "--version"}).out;
//   engine.stop();
//
// Images and build steps stay in the cache directory, so a second run is fast; everything else is in a
// temporary directory. Nothing is shared with an engine of the system. For `run --init` the engine uses the
// shipped init.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "client.hpp"
#include "harness/descriptor.hpp"
#include "harness/files.hpp"
#include "harness/process.hpp"
#include "leftovers.hpp"
#include "seclusion.hpp"

namespace engine {

class Engine final : public Client {
 public:
  // Throws, with the end of the daemon's log, if the daemon does not start.
  explicit Engine(const std::filesystem::path& cache);
  Engine(const Engine&) = delete;
  ~Engine() override;

  std::vector<std::string> run_options() const override;
  pid_t outer_pid(pid_t pid) const override { return pid; }

  // Removes every container, sends SIGTERM to the daemon's PID and waits until it has ended.
  void stop();

  // Another client of the same engine: docker-compose.
  harness::Outcome run_client(const std::vector<std::string>& command, std::chrono::milliseconds limit) const;

  const std::filesystem::path& cache() const { return cache_; }
  const Traces& traces() const { return traces_; }

 private:
  harness::Outcome perform(const std::vector<std::string>& arguments, std::chrono::milliseconds limit,
                           const harness::Options& options) const override;
  void start();
  bool start_with(const std::string& storage_driver);
  bool answers();
  void remove_containers() const;
  std::string log_tail() const;
  harness::Options client_options(harness::Options options) const;

  std::filesystem::path cache_;
  harness::Descriptor lock_;
  harness::TemporaryDirectory directory_;
  Seclusion seclusion_;
  Traces traces_;
  std::optional<harness::Process> daemon_;
};

}  // namespace engine

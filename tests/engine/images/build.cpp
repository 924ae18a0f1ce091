#include "build.hpp"

#include <fcntl.h>
#include <stdlib.h>

#include <functional>
#include <stdexcept>

namespace engine {
namespace {

using Arguments = std::vector<std::string>;

std::string tail_of(const std::filesystem::path& log) {
  const std::string text = harness::read_file(log);
  constexpr std::size_t enough = 6000;
  return log.string() + ":\n" + (text.size() > enough ? text.substr(text.size() - enough) : text);
}

// apt in the image uses the proxy of the host's apt, but the host may have its proxy only in the environment.
Arguments build_command() {
  Arguments command{"build", "--network=host"};
  for (const char* name :
       {"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"}) {
    const char* value = ::getenv(name);
    if (value != nullptr) command.push_back(std::string{"--build-arg="} + name + "=" + value);
  }
  return command;
}

void run_logged(const std::filesystem::path& log,
                const std::function<harness::Outcome(const harness::Options&)>& run) {
  const auto output = harness::open_file(log, O_WRONLY | O_CREAT | O_TRUNC);
  harness::Options options;
  options.output_descriptor = options.error_descriptor = output.get();
  if (run(options).status != 0) throw std::runtime_error("failed: " + tail_of(log));
}

}  // namespace

void run_build(const Engine& engine, const Arguments& arguments, const std::string& log_name, int input) {
  Arguments command = build_command();
  command.insert(command.end(), arguments.begin(), arguments.end());
  run_logged(engine.cache() / ("build-" + log_name + ".log"), [&](harness::Options options) {
    options.input_descriptor = input;
    return engine.call(command, build_limit, options);
  });
}

void run_build_from(const Engine& engine, const std::filesystem::path& input, const Arguments& arguments,
                    const std::string& log_name) {
  const auto descriptor = harness::open_file(input, O_RDONLY);
  Arguments command = arguments;
  command.push_back("-");
  run_build(engine, command, log_name, descriptor.get());
}

void run_script(const Engine& engine, const Arguments& command, const std::string& log_name) {
  run_logged(engine.cache() / (log_name + ".log"),
             [&](const harness::Options& options) { return harness::run(command, options, build_limit); });
}

}  // namespace engine

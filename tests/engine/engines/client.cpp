#include "client.hpp"

#include <stdexcept>

namespace engine {

std::string Client::ask(const std::vector<std::string>& arguments, std::chrono::milliseconds limit) const {
  harness::Outcome outcome = call(arguments, limit);
  if (outcome.status != 0) throw std::runtime_error(arguments.front() + ": " + outcome.err);
  if (outcome.out.ends_with('\n')) outcome.out.pop_back();
  return outcome.out;
}

}  // namespace engine

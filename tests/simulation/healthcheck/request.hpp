// A server's view of what the program sends.
#pragma once

#include "simulation/healthcheck/settings.hpp"

namespace simulation {

// Returns how many of the bytes are the request; nowhere (SIZE_MAX) if it is not complete yet.
std::size_t end_of_request(const Settings& settings, const Target& target, std::string_view sent);
// Returns what is wrong with a complete request; nullptr: nothing.
const char* fault_of_request(const Settings& settings, const Target& target, std::string_view request);

}  // namespace simulation

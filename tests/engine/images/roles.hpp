// Roles: an image that contains only /init, /healthcheck, /testprog, which plays the programs, and Debian's
// /tini.
#pragma once

#include <filesystem>

#include "engines/client.hpp"

namespace engine {

inline constexpr const char* roles_image = "distroless-roles";

void make_roles(const std::filesystem::path& tarball);
void import_roles(const Client& client, const std::filesystem::path& tarball);

}  // namespace engine

// Build: `docker build`, and what else makes an image, with its output in a log of the engine's cache.
#pragma once

#include <string>
#include <vector>

#include "engine.hpp"

namespace engine {

// Half a minute is usual. A slow mirror takes ten times as long, and so does the vfs storage driver, which
// copies an image whole for each step upon it.
inline constexpr std::chrono::minutes build_limit{15};

// All three throw when the command fails, with the end of the log.
void run_build(const Engine& engine, const std::vector<std::string>& arguments, const std::string& log_name,
               int input = -1);
// With the file as standard input: a Dockerfile that needs no context, or the tar of a context.
void run_build_from(const Engine& engine, const std::filesystem::path& input,
                    const std::vector<std::string>& arguments, const std::string& log_name);
void run_script(const Engine& engine, const std::vector<std::string>& command, const std::string& log_name);

}  // namespace engine

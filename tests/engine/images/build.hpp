// Build: runs `docker build` and the other commands that make an image, and logs their output in the engine's
// cache.
#pragma once

#include <string>
#include <vector>

#include "engines/engine.hpp"

namespace engine {

// A build usually takes half a minute. It takes ten times as long with a slow mirror, or with the vfs storage
// driver, which copies the whole image for each step.
inline constexpr std::chrono::minutes build_limit{15};

// All three throw if the command fails, with the end of the log.
void run_build(const Engine& engine, const std::vector<std::string>& arguments, const std::string& log_name,
               int input = -1);
// The file becomes standard input: a Dockerfile that needs no context, or the tar file of a context.
void run_build_from(const Engine& engine, const std::filesystem::path& input,
                    const std::vector<std::string>& arguments, const std::string& log_name);
void run_script(const Engine& engine, const std::vector<std::string>& command, const std::string& log_name);

}  // namespace engine

#include "base_images.hpp"

#include <cstdint>
#include <regex>
#include <stdexcept>

#include "build.hpp"
#include "dockerfile.hpp"
#include "engines/settings.hpp"

namespace engine {
namespace {

// One of stand-ins/*.Dockerfile. If the pattern has a group, it is the target in that Dockerfile.
struct StandIn {
  const char* pattern;
  const char* dockerfile;
  const char* context = nullptr;  // the script that makes it; the Dockerfile is inside it
};

constexpr StandIn stand_ins[] = {
    {R"(golang:\S+-trixie)", "golang.Dockerfile"},
    {R"(node:\S+-trixie-slim)", "node.Dockerfile", "node.sh"},
    {R"(eclipse-temurin:25-jdk)", "jdk.Dockerfile"},
    {R"(gcr\.io/distroless/(static|base|cc|python3|nodejs|java)\d*-debian13)", "distroless.Dockerfile"},
    {R"(gcr\.io/distroless/static-debian13:(debug)-nonroot)", "distroless.Dockerfile"},
};

constexpr const char* debian_image = "debian:trixie-slim";
constexpr const char* debian_script = "debian.sh";

std::string stand_in_path(const std::string& name) { return STAND_INS "/" + name; }

// FNV-1a names a recipe's text with the same value in every run.
std::string fingerprint(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return std::to_string(hash);
}

std::vector<std::string> script_command(const std::string& script, const std::string& argument) {
  std::vector<std::string> command = on_the_host();
  command.insert(command.end(), {stand_in_path(script), argument});
  return command;
}

// Returns the script's text and everything of the host that goes into its result.
std::string fingerprint_of_script(const std::string& script) {
  const harness::Outcome inputs = harness::run(script_command(script, "--inputs"));
  if (inputs.status != 0) throw std::runtime_error(script + " --inputs: " + inputs.err);
  return fingerprint(harness::read_file(stand_in_path(script)) + inputs.out);
}

std::filesystem::path tarball_of(const Engine& engine, const std::string& script, const std::string& recipe) {
  const auto tarball = std::filesystem::path{ENGINE_CACHE} / (script + "-" + recipe + ".tar");
  if (!std::filesystem::exists(tarball))
    run_script(engine, script_command(script, tarball), "stand-in-" + script);
  return tarball;
}

// The label records which recipe made an image. Rebuilding without need would give a new image, and nothing
// built on the old one would be found.
bool is_made(const Engine& engine, const std::string& image, const std::string& recipe) {
  const harness::Outcome found =
      engine.call({"image", "inspect", "--format={{.Config.Labels.recipe}}", image});
  return found.status == 0 && found.out == recipe + "\n";
}

std::string provide_debian(const Engine& engine) {
  const std::string recipe = fingerprint_of_script(debian_script);
  if (!is_made(engine, debian_image, recipe)) {
    engine.ask({"import", "--change=LABEL recipe=" + recipe, "--change=CMD [\"bash\"]",
                tarball_of(engine, debian_script, recipe), debian_image},
               build_limit);
  }
  return recipe;
}

std::string provide(const Engine& engine, const std::string& image);  // returns its recipe

// A recipe is everything that goes into an image: its text and the recipes of the images it starts from.
std::string recipes_below(const Engine& engine, const std::filesystem::path& dockerfile) {
  std::string recipes;
  for (const std::string& image : base_images_in(harness::read_file(dockerfile)))
    recipes += provide(engine, image);
  return recipes;
}

std::string provide_built(const Engine& engine, const StandIn& stand_in, const std::string& target,
                          const std::string& image) {
  const std::string path = stand_in_path(stand_in.dockerfile);
  const bool needs_context = stand_in.context != nullptr;
  const std::string context = needs_context ? fingerprint_of_script(stand_in.context) : "";
  const std::string recipe =
      fingerprint(harness::read_file(path) + context + target + recipes_below(engine, path));
  if (is_made(engine, image, recipe)) return recipe;
  std::vector<std::string> arguments{"--label=recipe=" + recipe, "--tag=" + image};
  if (!target.empty()) arguments.push_back("--target=" + target);
  if (needs_context) arguments.push_back(std::string{"--file="} + stand_in.dockerfile);
  const std::filesystem::path input =
      needs_context ? tarball_of(engine, stand_in.context, context) : std::filesystem::path{path};
  run_build_from(engine, input, arguments,
                 "stand-in-" + (target.empty() ? std::string{stand_in.dockerfile} : target));
  return recipe;
}

std::string provide(const Engine& engine, const std::string& image) {
  if (image == debian_image) return provide_debian(engine);
  for (const StandIn& stand_in : stand_ins) {
    std::smatch match;
    if (std::regex_match(image, match, std::regex{stand_in.pattern}))
      return provide_built(engine, stand_in, match.size() > 1 ? match[1].str() : "", image);
  }
  throw std::runtime_error("no stand-in for the base image " + image);
}

}  // namespace

void provide_base_image(const Engine& engine, const std::string& image) { provide(engine, image); }

void provide_base_images(const Engine& engine, const std::filesystem::path& dockerfile) {
  recipes_below(engine, dockerfile);
}

}  // namespace engine

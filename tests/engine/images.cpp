#include "images.hpp"

#include <fcntl.h>
#include <stdlib.h>

#include <cstdint>
#include <regex>
#include <stdexcept>

namespace engine {
namespace {

using Arguments = std::vector<std::string>;

constexpr const char* debian_recipe = STAND_INS "/debian.sh";
constexpr const char* debian_image = "debian:bookworm-slim";
constexpr const char* distroless_image = "gcr.io/distroless/static-debian12";
// Half a minute is usual. A slow mirror takes ten times as long, and so does the vfs storage driver, which
// copies an image whole for each step upon it.
constexpr std::chrono::minutes build_limit{15};

std::string tail_of(const std::filesystem::path& log) {
  const std::string text = support::read_file(log);
  constexpr std::size_t enough = 6000;
  return log.string() + ":\n" + (text.size() > enough ? text.substr(text.size() - enough) : text);
}

support::Options logging_to(const support::Descriptor& log) {
  support::Options options;
  options.output_descriptor = options.error_descriptor = log.get();
  return options;
}

support::Descriptor open_log(const std::filesystem::path& log) {
  return support::open_file(log, O_WRONLY | O_CREAT | O_TRUNC);
}

// FNV-1a: a name for a recipe's text, the same in every run.
std::string fingerprint(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const unsigned char byte : text) hash = (hash ^ byte) * 0x100000001b3;
  return std::to_string(hash);
}

// apt in the image has its proxy from the host's apt; a host may have it in its environment only.
Arguments build_command() {
  Arguments command{"build", "--network=host"};
  for (const char* name :
       {"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"}) {
    const char* value = ::getenv(name);
    if (value != nullptr) command.push_back(std::string{"--build-arg="} + name + "=" + value);
  }
  return command;
}

void run_build(const Engine& engine, const Arguments& arguments, const std::string& log_name,
               int input = -1) {
  const auto log = engine.cache() / ("build-" + log_name + ".log");
  const auto output = open_log(log);
  support::Options options = logging_to(output);
  options.input_descriptor = input;
  Arguments command = build_command();
  command.insert(command.end(), arguments.begin(), arguments.end());
  if (engine.call(command, build_limit, options).status != 0) {
    throw std::runtime_error("docker build failed: " + tail_of(log));
  }
}

void make_debian_tarball(const Engine& engine, const std::filesystem::path& tarball) {
  const auto log = engine.cache() / "debootstrap.log";
  const auto output = open_log(log);
  if (support::run({debian_recipe, tarball}, logging_to(output), build_limit).status != 0) {
    throw std::runtime_error("debootstrap failed: " + tail_of(log));
  }
}

// The label tells which recipe made an image. One made again would be a new image, upon which nothing that
// was built before would be found.
bool is_made(const Engine& engine, const std::string& image, const std::string& recipe) {
  const support::Outcome found =
      engine.call({"image", "inspect", "--format={{.Config.Labels.recipe}}", image});
  return found.status == 0 && found.out == recipe + "\n";
}

std::string debian_fingerprint() {
  return fingerprint(support::read_file(debian_recipe) + support::run({debian_recipe, "--inputs"}).out);
}

void provide_debian(const Engine& engine, const std::string& recipe) {
  if (is_made(engine, debian_image, recipe)) return;
  const auto tarball = engine.cache() / ("debian-" + recipe + ".tar");
  if (!std::filesystem::exists(tarball)) make_debian_tarball(engine, tarball);
  engine.ask({"import", "--change=LABEL recipe=" + recipe, "--change=CMD [\"bash\"]", tarball, debian_image},
             build_limit);
}

void provide_built(const Engine& engine, const std::string& debian, const std::string& name,
                   const std::string& tag) {
  const std::string path = std::string{STAND_INS "/"} + name + ".Dockerfile";
  const std::string recipe = fingerprint(support::read_file(path) + debian);
  if (is_made(engine, tag, recipe)) return;
  const auto dockerfile = support::open_file(path, O_RDONLY);
  run_build(engine, {"--label=recipe=" + recipe, "--tag=" + tag, "-"}, name, dockerfile.get());
}

// Whatever version the Dockerfiles name, so that they can move on without this test.
std::string golang_image() {
  const std::string dockerfile = support::read_file(REPOSITORY "/Dockerfile.example");
  std::smatch match;
  if (!std::regex_search(dockerfile, match, std::regex{R"(FROM (golang:\S+-bookworm))"})) {
    throw std::runtime_error("Dockerfile.example names no golang image on bookworm");
  }
  return match[1];
}

}  // namespace

void provide_base_images(const Engine& engine) {
  const std::string debian = debian_fingerprint();
  provide_debian(engine, debian);
  provide_built(engine, debian, "golang", golang_image());
  provide_built(engine, debian, "distroless", distroless_image);
}

void build(const Engine& engine, const std::string& dockerfile, const std::string& tag) {
  run_build(engine, {"--file=" REPOSITORY "/" + dockerfile, "--tag=" + tag, REPOSITORY}, tag);
}

void build_text(const Engine& engine, const std::string& dockerfile, const std::string& tag) {
  using support::operator/;
  const support::TemporaryDirectory directory;
  support::write_file(directory / "Dockerfile", dockerfile);
  const auto input = support::open_file(directory / "Dockerfile", O_RDONLY);
  run_build(engine, {"--tag=" + tag, "-"}, tag, input.get());
}

void keep_stages(const Engine& engine, const std::string& dockerfile,
                 const std::vector<std::string>& stages) {
  for (const std::string& stage : stages) {
    run_build(
        engine,
        {"--file=" REPOSITORY "/" + dockerfile, "--target=" + stage, "--tag=stage-" + stage, REPOSITORY},
        "stage-" + stage);
  }
  engine.ask({"image", "prune", "--force"}, build_limit);
}

}  // namespace engine

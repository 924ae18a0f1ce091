#include "images.hpp"

#include <set>

#include "base_images.hpp"
#include "build.hpp"
#include "dockerfile.hpp"

namespace engine {

void build(const Engine& engine, const std::string& dockerfile, const std::string& tag) {
  const std::string path = REPOSITORY "/" + dockerfile;
  provide_base_images(engine, path);
  run_build(engine, {"--file=" + path, "--tag=" + tag, REPOSITORY}, tag);
  // Without a tag, the steps of a stage would be lost when old images are removed.
  for (const std::string& stage : stages_in(harness::read_file(path))) {
    const std::string stage_tag = tag + "-stage-" + stage;
    run_build(engine, {"--file=" + path, "--target=" + stage, "--tag=" + stage_tag, REPOSITORY}, stage_tag);
  }
}

void build_text(const Engine& engine, const std::string& dockerfile, const std::string& tag) {
  using harness::operator/;
  const harness::TemporaryDirectory directory;
  harness::write_file(directory / "Dockerfile", dockerfile);
  run_build_from(engine, directory / "Dockerfile", {"--tag=" + tag}, tag);
}

std::string example(const Engine& engine, const std::string& name) {
  static std::set<std::string> built;
  const std::string tag = "distroless-" + name;
  if (built.contains(name)) return tag;
  build(engine, "examples/" + name + "/Dockerfile", tag);
  built.insert(name);
  return tag;
}

void copy_image(const Engines& engines, const std::string& image, const std::string& name) {
  using harness::operator/;
  const harness::TemporaryDirectory directory;
  const std::string archive = directory / "image.tar";
  engines.from.ask({"save", "--output=" + archive, image});
  engines.to.ask({"load", "--input=" + archive});
  engines.to.ask({"tag", image, name});
}

void remove_old_images(const Engine& engine) { engine.ask({"image", "prune", "--force"}, build_limit); }

}  // namespace engine

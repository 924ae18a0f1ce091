#include "pod.hpp"

#include <stdexcept>

namespace engine {

using harness::operator/;

Pod::Pod(const Podman& podman, const std::string& manifest)
    : podman_{podman}, manifest_{directory_ / "manifest.yaml"} {
  harness::write_file(manifest_, manifest);
  id_ = id_in(podman_.ask({"kube", "play", "--network=none", manifest_}));
}

Pod::~Pod() {
  try {
    podman_.call({"kube", "play", "--down", manifest_});
    // Podman forgets some of these on cgroups v1.
    remove_control_group(std::string{Podman::group_of_pods} + "/" + id_);
  } catch (const std::exception&) {
    // Podman removes remaining pods before it stops, and reports those it cannot remove.
  }
}

std::string Pod::id_in(const std::string& played) {
  const std::string before = "Pod:\n";
  const std::size_t begin = played.find(before);
  if (begin == std::string::npos) throw std::runtime_error("no pod: " + played);
  const std::size_t start = begin + before.size();
  return played.substr(start, played.find('\n', start) - start);
}

}  // namespace engine

// Variant: an image that adds some lines to the roles' image; the destructor removes it. A HEALTHCHECK in the
// exec form can only be in an image: `docker run --health-cmd` always asks for a shell.
//
//   Variant image{the_engine(), "HEALTHCHECK CMD [\"/healthcheck\", \":8080/healthz\"]\n"};
//   Container service{the_engine(), image.tag(), ...};
#pragma once

#include <string>

#include "engines/engine.hpp"

namespace engine {

class Variant {
 public:
  Variant(const Engine& engine, const std::string& lines);
  Variant(const Variant&) = delete;
  ~Variant();

  const std::string& tag() const { return tag_; }

 private:
  const Engine& engine_;
  std::string tag_;
};

}  // namespace engine

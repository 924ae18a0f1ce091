#include "image.hpp"

#include "support/programs.hpp"

namespace demo {

Image::Image() {
  using support::operator/;
  support::install_program(support::shipped("init"), directory_ / "init");
  support::install_program(support::shipped("healthcheck"), directory_ / "healthcheck");
  support::install_program(support::helper(), directory_ / "app");
  support::write_file(directory_ / "etc/passwd",
                      "root:x:0:0:root:/root:/sbin/nologin\n"
                      "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n");
  std::filesystem::create_directory(directory_ / "proc");
}

}  // namespace demo

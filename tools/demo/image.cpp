#include "image.hpp"

#include "harness/programs.hpp"

namespace demo {

Image::Image() {
  using harness::operator/;
  harness::install_program(harness::shipped("init"), directory_ / "init");
  harness::install_program(harness::shipped("healthcheck"), directory_ / "healthcheck");
  harness::install_program(harness::testprog(), directory_ / "app");
  harness::write_file(directory_ / "etc/passwd",
                      "root:x:0:0:root:/root:/sbin/nologin\n"
                      "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n");
  std::filesystem::create_directory(directory_ / "proc");
}

}  // namespace demo

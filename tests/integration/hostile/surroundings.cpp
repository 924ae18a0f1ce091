#include "surroundings.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include "harness/programs.hpp"

namespace hostile_test {
namespace {

using harness::ContainerOptions;

void limit(int resource, rlim_t most) {
  const rlimit both{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

void without_proc(ContainerOptions& options, const std::string&) {
  options.proc = false;
  options.mounts.push_back({"", "/proc"});
}

void without_dev(ContainerOptions& options, const std::string&) { options.mounts.push_back({"", "/dev"}); }

void without_environment(ContainerOptions& options, const std::string&) {
  options.process.base = harness::Environment::empty;
}

// In the machine's own user namespace: an unknown user with that number and no privileges.
void as_nonroot(ContainerOptions& options, const std::string&) { options.users = harness::Users::host; }

// The root contains nothing else, and nothing can be written.
void in_an_empty_root(ContainerOptions& options, const std::string& root) { options.root = root; }

void with_three_descriptors(ContainerOptions& options, const std::string&) {
  options.process.before_exec = [] {
    ::close(0);
    limit(RLIMIT_NOFILE, 3);
  };
}

void with_no_room_in_files(ContainerOptions& options, const std::string&) {
  options.process.before_exec = [] { limit(RLIMIT_FSIZE, 0); };
}

// Their memory is their file, a page or two, and the stack; they ask for no more.
void with_little_memory(ContainerOptions& options, const std::string&) {
  options.process.before_exec = [] {
    limit(RLIMIT_STACK, 64 << 10);
    limit(RLIMIT_DATA, 64 << 10);
    limit(RLIMIT_AS, 512 << 10);
    limit(RLIMIT_MEMLOCK, 0);
  };
}

void with_nothing_at_all(ContainerOptions& options, const std::string& root) {
  in_an_empty_root(options, root);
  as_nonroot(options, root);
  without_environment(options, root);
  options.proc = false;
  options.process.before_exec = [] {
    ::close(0);
    limit(RLIMIT_NOFILE, 3);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_STACK, 64 << 10);
    limit(RLIMIT_AS, 512 << 10);
  };
}

}  // namespace

const std::vector<Surroundings>& all_surroundings() {
  static const std::vector<Surroundings> all{
      {"WithoutProc", without_proc},
      {"WithoutDev", without_dev},
      {"WithoutEnvironment", without_environment},
      {"AsNonroot", as_nonroot},
      {"InAnEmptyRoot", in_an_empty_root},
      {"WithThreeDescriptors", with_three_descriptors},
      {"WithNoRoomInFiles", with_no_room_in_files},
      {"WithLittleMemory", with_little_memory},
      {"WithNothingAtAll", with_nothing_at_all},
  };
  return all;
}

void make_root(const std::filesystem::path& root, const std::string& directory) {
  for (const std::string& program :
       {harness::shipped("init"), harness::shipped("healthcheck"), harness::testprog()})
    harness::install_program(program, root.string() + program);
  for (const std::string& place : {directory, std::string{"/proc"}, std::string{"/dev"}})
    std::filesystem::create_directories(root.string() + place);
}

}  // namespace hostile_test

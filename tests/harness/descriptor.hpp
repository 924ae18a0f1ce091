// Descriptor: a file descriptor that closes itself. All descriptors that the harness opens are close-on-exec.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace harness {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  int get() const { return number_; }
  bool open() const { return number_ >= 0; }
  void close();

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

Pipe make_pipe();
Descriptor open_file(const std::string& path, int flags);

// Appends the available bytes to `text` without waiting; returns false at the end of the file. The descriptor
// must be non-blocking.
bool take_available(int descriptor, std::string& text);
void make_nonblocking(int descriptor);

// Throws a std::system_error of errno if `result` is negative; otherwise returns it.
int checked(int result, std::string_view what);

}  // namespace harness

#include "healthcheck/probe/hosts_file.hpp"

#include "sys/file.hpp"

namespace healthcheck {

base::Result<std::string_view> HostsFile::read() {
  std::size_t size = TRY(sys::read_file(path, text_));
  // The last line may be cut short, and so may a name or an address in it.
  if (size == text_.size())
    while (size != 0 && text_[size - 1] != '\n') --size;
  return std::string_view{text_.data(), size};
}

}  // namespace healthcheck

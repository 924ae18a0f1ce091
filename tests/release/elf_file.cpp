#include "elf_file.hpp"

#include <cstring>
#include <stdexcept>

#include "support/files.hpp"

namespace {

template <class T>
T object_at(const std::string& bytes, std::size_t at) {
  if (at + sizeof(T) > bytes.size()) throw std::runtime_error{"an ELF file that ends early"};
  T object;
  std::memcpy(&object, bytes.data() + at, sizeof object);
  return object;
}

}  // namespace

template <class Header, class Program, class Dynamic>
void ElfFile::read() {
  auto header = object_at<Header>(bytes_, 0);
  type_ = header.e_type;
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    auto program = object_at<Program>(bytes_, header.e_phoff + i * sizeof(Program));
    segments_.push_back({program.p_type, program.p_flags});
    if (program.p_type != PT_DYNAMIC) continue;
    for (std::size_t at = program.p_offset; at < program.p_offset + program.p_filesz; at += sizeof(Dynamic)) {
      auto entry = object_at<Dynamic>(bytes_, at);
      dynamic_.emplace_back(entry.d_tag, entry.d_un.d_val);
    }
  }
}

ElfFile::ElfFile(const std::string& path) : bytes_(support::read_file(path)) {
  if (!bytes_.starts_with(ELFMAG)) throw std::runtime_error{path + " is no ELF file"};
  if (bytes_.at(EI_CLASS) == ELFCLASS64)
    read<Elf64_Ehdr, Elf64_Phdr, Elf64_Dyn>();
  else
    read<Elf32_Ehdr, Elf32_Phdr, Elf32_Dyn>();
}

std::vector<unsigned long> ElfFile::dynamic(long tag) const {
  std::vector<unsigned long> values;
  for (auto [its, value] : dynamic_)
    if (its == tag) values.push_back(value);
  return values;
}

#include "elf_file.hpp"

#include <bit>
#include <cstring>
#include <stdexcept>

#include "harness/files.hpp"

namespace {

template <class T>
T object_at(const std::string& bytes, std::size_t at) {
  if (at + sizeof(T) > bytes.size()) throw std::runtime_error{"an ELF file that ends early"};
  T object;
  std::memcpy(&object, bytes.data() + at, sizeof object);
  return object;
}

}  // namespace

template <class Number>
Number ElfFile::native(Number number) const {
  constexpr unsigned own = std::endian::native == std::endian::big ? ELFDATA2MSB : ELFDATA2LSB;
  return kind_.byte_order == own ? number : std::byteswap(number);
}

template <class Header, class Program, class Dynamic>
void ElfFile::read() {
  auto header = object_at<Header>(bytes_, 0);
  type_ = native(header.e_type);
  kind_.machine = native(header.e_machine);
  kind_.flags = native(header.e_flags);
  const unsigned count = native(header.e_phnum);
  for (unsigned i = 0; i < count; ++i) {
    auto program = object_at<Program>(bytes_, native(header.e_phoff) + i * sizeof(Program));
    segments_.push_back({native(program.p_type), native(program.p_flags)});
    if (segments_.back().type != PT_DYNAMIC) continue;
    const std::size_t start = native(program.p_offset), end = start + native(program.p_filesz);
    for (std::size_t at = start; at < end; at += sizeof(Dynamic)) {
      auto entry = object_at<Dynamic>(bytes_, at);
      dynamic_.emplace_back(native(entry.d_tag), native(entry.d_un.d_val));
    }
  }
}

ElfFile::ElfFile(const std::string& path) : bytes_(harness::read_file(path)) {
  if (!bytes_.starts_with(ELFMAG)) throw std::runtime_error{path + " is no ELF file"};
  kind_.bits = static_cast<unsigned char>(bytes_.at(EI_CLASS));
  kind_.byte_order = static_cast<unsigned char>(bytes_.at(EI_DATA));
  if (kind_.bits == ELFCLASS64)
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

#include "tls_service.hpp"

namespace healthcheck_test {

harness::Server::Script answering_over_tls(const tls_test::ServerSettings& settings) {
  return [settings](harness::Connection& probe) {
    tls_test::MemoryServer server{settings};
    // The probe's end leaves the script.
    for (;;) {
      std::string record = probe.read_exactly(5);
      const auto high = static_cast<unsigned char>(record[3]), low = static_cast<unsigned char>(record[4]);
      record += probe.read_exactly(static_cast<std::size_t>(high << 8 | low));
      probe.write(server.answer(record));
    }
  };
}

void answer_without_tls(harness::Connection& probe) {
  probe.read_exactly(5);
  probe.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  probe.hold();
}

}  // namespace healthcheck_test
